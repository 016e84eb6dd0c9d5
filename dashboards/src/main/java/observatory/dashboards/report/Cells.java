package observatory.dashboards.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import observatory.dashboards.report.Report.Traffic;
import org.jspecify.annotations.Nullable;

/** Reads single values out of what Elasticsearch answers. */
final class Cells {
    /** Aggregations that {@link #traffic} reads. */
    static final String TRAFFIC = """
            "flows": {"sum": {"field": "observatory.flows"}},
            "out": {"sum": {"field": "source.bytes"}},
            "in": {"sum": {"field": "destination.bytes"}}
            """;

    private Cells() {}

    static Traffic traffic(JsonNode bucket) {
        return new Traffic(value(bucket, "flows"), value(bucket, "out"), value(bucket, "in"));
    }

    /** The value of a metric aggregation; 0 when there is none. Sums come as doubles, exact up to 2^53. */
    static long value(JsonNode bucket, String aggregation) {
        return Math.round(bucket.path(aggregation).path("value").asDouble(0));
    }

    /** The moment that a min or max aggregation came to. */
    static @Nullable Instant moment(JsonNode bucket, String aggregation) {
        JsonNode value = bucket.path(aggregation).path("value");
        return value.isNumber() ? Instant.ofEpochMilli(value.asLong()) : null;
    }

    /** The keys of a terms aggregation, in its order. */
    static List<String> keys(JsonNode bucket, String aggregation) {
        List<String> keys = new ArrayList<>();
        bucket.path(aggregation)
                .path("buckets")
                .forEach(each -> keys.add(each.path("key").asText()));
        return keys;
    }

    /** The same, sorted. */
    static List<String> sortedKeys(JsonNode bucket, String aggregation) {
        return keys(bucket, aggregation).stream().sorted().toList();
    }

    /** A part of a bucket's key, or a field of a document; empty when absent or when it says {@code unknown}. */
    static String known(JsonNode node, String name) {
        String text = text(node, name);
        return text.equals("unknown") ? "" : text;
    }

    /** A field as text, several values joined; empty when absent. */
    static String text(JsonNode node, String name) {
        return String.join(", ", texts(node, name));
    }

    static List<String> texts(JsonNode node, String name) {
        JsonNode value = node.path(name);
        List<String> texts = new ArrayList<>();
        if (value.isArray()) {
            value.forEach(each -> texts.add(each.asText()));
        } else if (value.isValueNode() && !value.isNull()) {
            texts.add(value.asText());
        }
        return texts;
    }

    /** A date field of a document: ISO text or milliseconds since 1970; null when it is neither. */
    static @Nullable Instant date(JsonNode document, String field) {
        JsonNode value = document.path(field);
        if (value.isIntegralNumber()) {
            return Instant.ofEpochMilli(value.asLong());
        }
        try {
            return value.isTextual() ? Instant.parse(value.asText()) : null;
        } catch (DateTimeParseException e) {
            return null;
        }
    }
}
