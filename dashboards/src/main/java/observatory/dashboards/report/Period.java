package observatory.dashboards.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import observatory.dashboards.search.Searcher;
import org.jspecify.annotations.Nullable;

/**
 * Everything that was observed in one period at one site or all: asks, and reads long answers page by page so that
 * neither side holds more than one page beyond what is kept.
 */
record Period(
        Searcher searcher,
        Instant from,
        Instant to,
        @Nullable String site) {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int BUCKETS_PER_PAGE = 500;
    private static final int DOCUMENTS_PER_PAGE = 1_000;

    /**
     * Rows of a long answer.
     *
     * @param isCut whether there are more than were wanted
     */
    record Rows(List<JsonNode> rows, boolean isCut) {}

    /** Conditions that hold for documents whose {@code timeField} lies in the period. */
    List<JsonNode> within(String timeField) {
        ObjectNode range = MAPPER.createObjectNode();
        range.putObject("range")
                .putObject(timeField)
                .put("gte", from.toString())
                .put("lt", to.toString());
        return atSite(range);
    }

    /** Conditions that hold for documents whose interval touches the period. */
    List<JsonNode> touching(String startField, String endField) {
        ObjectNode starts = MAPPER.createObjectNode();
        starts.putObject("range").putObject(startField).put("lt", to.toString());
        ObjectNode ends = MAPPER.createObjectNode();
        ends.putObject("range").putObject(endField).put("gte", from.toString());
        List<JsonNode> all = atSite(starts);
        all.add(ends);
        return all;
    }

    /** The condition and the site. */
    List<JsonNode> atSite(JsonNode condition) {
        List<JsonNode> all = new ArrayList<>(List.of(condition));
        if (site != null) {
            ObjectNode here = MAPPER.createObjectNode();
            here.putObject("term").put("observatory.site", site);
            all.add(here);
        }
        return all;
    }

    /** The answer to one aggregation request without hits. */
    JsonNode aggregate(String indices, List<JsonNode> conditions, String aggregations) {
        ObjectNode body = body(conditions).put("size", 0).put("track_total_hits", true);
        body.set("aggs", json(aggregations));
        return searcher.search(indices, body);
    }

    /**
     * All buckets of a composite aggregation.
     *
     * @param fields of the key, by name; a document without the field falls into a bucket without that part
     * @param aggregations within each bucket
     */
    Rows grouped(String indices, List<JsonNode> conditions, Map<String, String> fields, String aggregations, int most) {
        ObjectNode body = body(conditions).put("size", 0).put("track_total_hits", false);
        ObjectNode group = body.putObject("aggs").putObject("group");
        ObjectNode composite = group.putObject("composite").put("size", Math.min(most, BUCKETS_PER_PAGE));
        ArrayNode sources = composite.putArray("sources");
        fields.forEach((name, field) -> sources.addObject()
                .putObject(name)
                .putObject("terms")
                .put("field", field)
                .put("missing_bucket", true));
        group.set("aggs", json(aggregations));
        List<JsonNode> rows = new ArrayList<>();
        while (true) {
            JsonNode answer = searcher.search(indices, body).at("/aggregations/group");
            answer.path("buckets").forEach(rows::add);
            if (rows.size() > most) {
                return new Rows(rows.subList(0, most), true);
            }
            JsonNode next = answer.path("after_key");
            if (!next.isObject()) {
                return new Rows(rows, false);
            }
            composite.set("after", next);
        }
    }

    /**
     * All documents that match, in the order of {@code sort}, as their {@code _source} with an added {@code _id}.
     *
     * @param sort JSON array; its last field has to tell apart documents that are else equal
     */
    Rows documents(String indices, List<JsonNode> conditions, String sort, int most) {
        ObjectNode body = body(conditions).put("size", Math.min(most + 1, DOCUMENTS_PER_PAGE));
        body.put("track_total_hits", false).set("sort", json(sort));
        List<JsonNode> rows = new ArrayList<>();
        while (true) {
            JsonNode hits = searcher.search(indices, body).at("/hits/hits");
            for (JsonNode hit : hits) {
                rows.add(((ObjectNode) hit.path("_source").deepCopy())
                        .put("_id", hit.path("_id").asText()));
            }
            if (rows.size() > most) {
                return new Rows(rows.subList(0, most), true);
            }
            if (hits.size() < body.path("size").asInt()) {
                return new Rows(rows, false);
            }
            body.set("search_after", hits.get(hits.size() - 1).path("sort"));
        }
    }

    private static ObjectNode body(List<JsonNode> conditions) {
        ObjectNode body = MAPPER.createObjectNode();
        body.putObject("query").putObject("bool").putArray("filter").addAll(conditions);
        return body;
    }

    /** Reads JSON written in this package. */
    static JsonNode json(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
