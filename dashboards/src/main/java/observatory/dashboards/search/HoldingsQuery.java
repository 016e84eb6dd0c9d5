package observatory.dashboards.search;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import observatory.dashboards.panel.Source;
import observatory.dashboards.search.Holdings.Device;
import org.jspecify.annotations.Nullable;

/** Asks what there is to look at, and reads the answer. */
final class HoldingsQuery {
    /** Traffic and ledgers: what has a place in time. */
    static final String INDICES = Source.ROLLUPS.pattern() + "," + Source.COVERAGE.pattern();

    static final String DEVICES = "observatory-devices";

    private static final int MOST_SITES = 200;
    private static final int MOST_DEVICES = 1_000;
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final String TIME = "@timestamp";
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private HoldingsQuery() {}

    static ObjectNode of() {
        ObjectNode body = JSON.objectNode().put("size", 0).put("track_total_hits", true);
        ObjectNode all = body.putObject("aggs");
        all.putObject("first").putObject("min").put("field", TIME);
        all.putObject("last").putObject("max").put("field", TIME);
        all.putObject("end").putObject("max").put("field", "event.end");
        all.putObject("simulated").putObject("filter").putObject("term").put("observatory.simulated", true);
        all.putObject("site")
                .putObject("terms")
                .put("field", "observatory.site")
                .put("size", MOST_SITES)
                .putObject("order")
                .put("_key", "asc");
        return body;
    }

    static ObjectNode devices() {
        ObjectNode body = JSON.objectNode().put("size", MOST_DEVICES).put("_source", false);
        body.putArray("fields")
                .add("device.id")
                .add("device.manufacturer")
                .add("device.model.name")
                .add("observatory.site");
        for (String field : List.of("observatory.site", "device.manufacturer", "device.model.name", "device.id")) {
            body.withArrayProperty("sort").addObject().putObject(field).put("unmapped_type", "keyword");
        }
        return body;
    }

    static Holdings read(JsonNode traffic, JsonNode devices) {
        JsonNode all = traffic.path("aggregations");
        List<String> sites = new ArrayList<>();
        all.path("site")
                .path("buckets")
                .forEach(site -> sites.add(site.path("key").asText()));
        List<Device> known = new ArrayList<>();
        for (JsonNode hit : devices.path("hits").path("hits")) {
            JsonNode fields = hit.path("fields");
            known.add(new Device(
                    text(fields, "device.id"),
                    text(fields, "device.manufacturer"),
                    text(fields, "device.model.name"),
                    text(fields, "observatory.site")));
        }
        return new Holdings(
                instant(all, "first"),
                end(instant(all, "last"), instant(all, "end")),
                traffic.path("hits").path("total").path("value").asLong(),
                all.path("simulated").path("doc_count").asLong(),
                sites,
                known);
    }

    /** A ledger's minute ends a minute after its time stamp; traffic says when it ends. */
    private static @Nullable Instant end(@Nullable Instant last, @Nullable Instant end) {
        if (last == null) {
            return null;
        }
        Instant minute = last.plus(MINUTE);
        return end != null && end.isAfter(minute) ? end : minute;
    }

    private static String text(JsonNode fields, String name) {
        return fields.path(name).path(0).asText("");
    }

    private static @Nullable Instant instant(JsonNode all, String name) {
        JsonNode value = all.path(name).path("value");
        return value.isNumber() ? PanelQuery.instant(value.asDouble()) : null;
    }
}
