package observatory.dashboards.cli;

import static observatory.dashboards.cli.AttributionText.line;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import observatory.dashboards.finding.Findings;
import observatory.geo.address.IpAddress;
import observatory.jobs.document.Indices;
import observatory.jobs.elastic.ElasticClient;

/** What is stored of one address or name: how devices came to it, what it was taken for, and what was found. */
final class StoredDestination {
    private static final String FLOWS = "observatory-flows-*";
    private static final String ENDPOINT = "observatory.endpoint";
    private static final int MOST = 8;

    private final JsonNode flows;
    private final List<JsonNode> findings;

    private StoredDestination(JsonNode flows, List<JsonNode> findings) {
        this.flows = flows;
        this.findings = List.copyOf(findings);
    }

    /**
     * Reads what is stored of a destination.
     *
     * @param subject an address, a host name, or an endpoint, which stands for all names below it
     * @param isAddress which of both it is
     */
    static StoredDestination of(ElasticClient client, String subject, boolean isAddress) {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("size", 1).put("track_total_hits", true);
        String value = isAddress ? String.valueOf(IpAddress.parse(subject)) : subject.toLowerCase(Locale.ROOT);
        ArrayNode any = body.putObject("query").putObject("bool").putArray("should");
        for (String field : isAddress ? List.of("destination.ip") : List.of("destination.domain", ENDPOINT)) {
            any.addObject().putObject("term").put(field, value);
        }
        body.putArray("sort")
                .addObject()
                .putObject("event.end")
                .put("order", "desc")
                .put("unmapped_type", "date");
        ObjectNode aggregations = body.putObject("aggs");
        aggregations.putObject("first").putObject("min").put("field", "event.start");
        aggregations.putObject("last").putObject("max").put("field", "event.end");
        aggregations.putObject("devices").putObject("cardinality").put("field", "device.id");
        ObjectNode names = termsAndNone(aggregations, "names", "destination.domain");
        ObjectNode sources = terms(names.putObject("aggs"), "sources", "observatory.name.source");
        terms(sources.putObject("aggs"), "states", "observatory.name.state");
        terms(aggregations, "addresses", "destination.ip");
        terms(aggregations, "sites", "observatory.site");
        terms(aggregations, "endpoints", ENDPOINT);
        terms(aggregations, "snapshots", "observatory.snapshot");
        ObjectNode states = terms(aggregations, "places", "observatory.place.state");
        terms(states.putObject("aggs"), "countries", "observatory.place.countries");
        JsonNode flows = client.search(FLOWS, body);
        List<JsonNode> findings = new ArrayList<>();
        Set<String> endpoints = new TreeSet<>();
        buckets(flows.path("aggregations"), "endpoints")
                .forEach(bucket -> endpoints.add(bucket.path("key").asText()));
        if (!endpoints.isEmpty()) {
            ObjectNode about = JsonNodeFactory.instance.objectNode();
            endpoints.forEach(about.putObject("terms").putArray(ENDPOINT)::add);
            client.scan(Indices.FINDINGS, about, findings::add);
        }
        return new StoredDestination(flows, findings);
    }

    private static ObjectNode terms(ObjectNode aggregations, String name, String field) {
        ObjectNode one = aggregations.putObject(name);
        one.putObject("terms").put("field", field).put("size", MOST);
        return one;
    }

    /** The same with what lacks the field, under an empty key. */
    private static ObjectNode termsAndNone(ObjectNode aggregations, String name, String field) {
        ObjectNode one = terms(aggregations, name, field);
        one.withObjectProperty("terms").put("missing", "");
        return one;
    }

    /** The lines to print, without line ends. */
    List<String> lines() {
        JsonNode all = flows.path("aggregations");
        long count = flows.path("hits").path("total").path("value").asLong();
        List<String> lines = new ArrayList<>();
        if (count == 0) {
            lines.add(line("Stored", "no flow to it"));
            return lines;
        }
        JsonNode latest = flows.path("hits").path("hits").path(0);
        lines.add(line(
                "Stored",
                String.format(
                        Locale.ROOT,
                        "%,d flows of %,d devices at %s, %s to %s%s",
                        count,
                        all.path("devices").path("value").asLong(),
                        joined(all, "sites"),
                        all.path("first").path("value_as_string").asText(),
                        all.path("last").path("value_as_string").asText(),
                        latest.path("_source").path("observatory.simulated").asBoolean() ? ", simulated" : "")));
        for (JsonNode name : buckets(all, "names")) {
            lines.add(line("  called", called(name)));
        }
        lines.add(line("  addresses", joined(all, "addresses")));
        lines.add(line("  endpoint", joined(all, "endpoints")));
        for (JsonNode place : buckets(all, "places")) {
            String countries = joined(place, "countries");
            lines.add(line("  place", counted(place) + (countries.isEmpty() ? "" : ": " + countries)));
        }
        lines.add(line("  data", "snapshot " + joined(all, "snapshots")));
        for (JsonNode finding : findings) {
            Findings.Stored stored = new Findings.Stored(finding.path("_id").asText(), finding.path("_source"));
            lines.add(line("  finding", FindingText.lines(stored).getFirst()));
        }
        lines.add(line(
                "  latest",
                latest.path("_id").asText() + " in " + latest.path("_index").asText()
                        + "; explain it to see all that it rests on"));
        return lines;
    }

    /** The same as a tree, for programs: the answers as Elasticsearch gives them. */
    JsonNode tree() {
        ObjectNode tree = JsonNodeFactory.instance.objectNode();
        tree.set("flows", flows.path("hits").path("total").path("value"));
        tree.set("figures", flows.path("aggregations"));
        findings.forEach(tree.putArray("findings")::add);
        return tree;
    }

    private static String called(JsonNode name) {
        String words = name.path("key").asText().isEmpty()
                ? "nothing"
                : name.path("key").asText();
        List<String> ways = new ArrayList<>();
        for (JsonNode source : buckets(name, "sources")) {
            String way = switch (source.path("key").asText()) {
                case "sni" -> "announced by the flows themselves";
                case "own_dns" -> "by DNS answers to the devices";
                case "site_dns" -> "guessed by DNS answers to others of the site";
                case "range" -> "the address lies in a range of the catalogue";
                default -> "neither told nor announced";
            };
            ways.add(way + ", state " + joined(source, "states"));
        }
        return words + " in " + name.path("doc_count").asText() + " flows: " + String.join("; ", ways);
    }

    private static String joined(JsonNode all, String aggregation) {
        return buckets(all, aggregation).stream()
                .filter(bucket -> !bucket.path("key").asText().isEmpty())
                .map(StoredDestination::counted)
                .collect(Collectors.joining(", "));
    }

    private static String counted(JsonNode bucket) {
        return bucket.path("key").asText() + " (" + bucket.path("doc_count").asText() + ")";
    }

    private static List<JsonNode> buckets(JsonNode all, String aggregation) {
        List<JsonNode> buckets = new ArrayList<>();
        all.path(aggregation).path("buckets").forEach(buckets::add);
        return buckets;
    }
}
