package observatory.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import observatory.geo.party.Party;
import observatory.geo.party.Service;
import observatory.geo.place.Place;
import observatory.jobs.attribute.Device;
import observatory.jobs.document.Indices;
import observatory.jobs.elastic.ElasticClient;
import observatory.jobs.elastic.ElasticSettings;
import observatory.jobs.finding.novelty.Seen;
import observatory.jobs.finding.novelty.Seen.Scope;
import observatory.jobs.rollup.Destination;

/**
 * What {@code observatory-endpoints} holds of cohorts, sites and the fleet, read page by page. So a job that has lost its
 * state, or a new one beside old data, does not take all of the world for news.
 *
 * @param elastic where it is stored
 */
public record StoredEndpoints(ElasticSettings elastic) implements KnownEndpoints {

    @Override
    public void read(Consumer<Seen> taker) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        try (ElasticClient client = ElasticClient.to(elastic)) {
            for (String scope : List.of("fleet", "site", "cohort")) {
                JsonNode ofScope =
                        json.objectNode().set("term", json.objectNode().put("observatory.scope.kind", scope));
                client.scan(Indices.ENDPOINTS, ofScope, hit -> taker.accept(seen(hit.path("_source"))));
            }
        }
    }

    /** One document, as {@link observatory.jobs.document.Documents#endpoint} writes it. */
    static Seen seen(JsonNode source) {
        Scope scope =
                Scope.valueOf(source.path("observatory.scope.kind").asText().toUpperCase(Locale.ROOT));
        long first = millis(source, "observatory.first_seen");
        return new Seen(
                scope,
                source.path("observatory.scope.id").asText(),
                first,
                millis(source, "observatory.last_seen"),
                source.path("observatory.flows").asLong(),
                source.path("source.bytes").asLong(),
                source.path("destination.bytes").asLong(),
                source.path("observatory.devices").asLong(),
                destination(source),
                Device.ofAddress(source.path("observatory.site").asText(), "", first),
                false);
    }

    private static Destination destination(JsonNode source) {
        String name = source.path("destination.registered_domain").asText();
        String region = source.path("observatory.cloud.region").asText();
        String step = source.path("observatory.place.step").asText("nothing");
        return new Destination(
                source.path("observatory.endpoint").asText(),
                name.isEmpty() ? null : name,
                new Service(
                        source.path("observatory.service.vendor").asText("unknown"),
                        source.path("observatory.service.name").asText("unknown"),
                        purpose(source),
                        source.path("observatory.operator").asText(),
                        source.path("observatory.service.grade").asText(),
                        ""),
                // the role it had to those who were there; the next contact knows the party itself
                Party.of(Party.Role.valueOf(
                        source.path("observatory.party.role").asText("unknown").toUpperCase(Locale.ROOT))),
                source.path("destination.as.number").asLong(),
                source.path("destination.as.organization.name").asText(),
                source.path("observatory.cloud.provider").asText(),
                region.isEmpty() ? null : region,
                Place.State.valueOf(
                        source.path("observatory.place.state").asText("unknown").toUpperCase(Locale.ROOT)),
                texts(source.path("observatory.place.countries")),
                Place.Step.valueOf(step.toUpperCase(Locale.ROOT)),
                texts(source.path("observatory.jurisdiction.operator")),
                texts(source.path("observatory.jurisdiction.host")),
                source.path("observatory.snapshot").asText());
    }

    private static Service.Purpose purpose(JsonNode source) {
        return Service.Purpose.valueOf(
                source.path("observatory.service.purpose").asText("unknown").toUpperCase(Locale.ROOT));
    }

    private static long millis(JsonNode source, String field) {
        return Instant.parse(source.path(field).asText()).toEpochMilli();
    }

    private static List<String> texts(JsonNode values) {
        List<String> texts = new ArrayList<>();
        values.forEach(value -> texts.add(value.asText()));
        return texts;
    }
}
