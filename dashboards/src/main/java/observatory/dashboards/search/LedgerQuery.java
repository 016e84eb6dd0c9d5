package observatory.dashboards.search;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import observatory.dashboards.panel.Source;
import org.jspecify.annotations.Nullable;

/**
 * Asks the ledgers which sensor was silent when, and reads the answer: sums from aggregations, silence from the documents
 * themselves, since each is a stretch of at most an hour and stretches that touch are one gap.
 */
final class LedgerQuery {
    private static final int MOST_SENSORS = 200;

    /** Longest listing that Elasticsearch gives; more than a year of silence in stretches of an hour. */
    private static final int MOST_STRETCHES = 10_000;

    private static final String SENSOR = "observer.name";
    private static final String UNNAMED = "unnamed";
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final String MINUTES = "observatory.coverage.minutes";
    private static final String SILENT = "silent";
    private static final String STATE = "observatory.coverage.state";
    private static final String TIME = Source.COVERAGE.timeField();
    private static final List<String> COUNTERS = List.of(
            "records",
            "stored",
            "duplicate",
            "late",
            "filtered",
            "rejected",
            "lost",
            "datagrams",
            "gaps",
            "restarts",
            "repeated",
            "out_of_order",
            "dropped",
            "no_template");
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private LedgerQuery() {}

    static ObjectNode of(Filter filter, Range range) {
        ObjectNode body = silentStretches();
        body.putObject("query").putObject("bool").set("filter", PanelQuery.conditions(Source.COVERAGE, filter, range));
        ObjectNode sensor = body.putObject("aggs").putObject("sensor");
        sensor.putObject("terms")
                .put("field", SENSOR)
                .put("size", MOST_SENSORS)
                .put("missing", UNNAMED)
                .putObject("order")
                .put("_key", "asc");
        ObjectNode inner = sensor.putObject("aggs");
        metric(inner, "minutes", "sum", MINUTES);
        metric(inner, "first", "min", TIME);
        metric(inner, "last", "max", TIME);
        COUNTERS.forEach(counter -> metric(inner, counter, "sum", "observatory.coverage." + counter));
        metric(inner, "skew_most", "max", "observatory.coverage.skew_ms");
        metric(inner, "skew_least", "min", "observatory.coverage.skew_ms");
        metric(inner, "sampling", "max", "observatory.coverage.sampling");
        inner.putObject("type").putObject("terms").put("field", "observer.type").put("size", 1);
        inner.putObject("site")
                .putObject("terms")
                .put("field", Source.COVERAGE.siteField())
                .put("size", 1);
        ObjectNode silent = inner.putObject("silent");
        silent.putObject("filter").putObject("term").put(STATE, SILENT);
        metric(silent.putObject("aggs"), "minutes", "sum", MINUTES);
        ObjectNode receiving = inner.putObject("receiving");
        receiving.putObject("filter").putObject("term").put(STATE, "receiving");
        metric(receiving.putObject("aggs"), "last", "max", TIME);
        return body;
    }

    private static ObjectNode silentStretches() {
        ObjectNode body = JSON.objectNode().put("size", MOST_STRETCHES).put("track_total_hits", false);
        body.put("_source", false);
        body.putObject("post_filter").putObject("term").put(STATE, SILENT);
        body.putArray("sort").addObject().put(TIME, "asc");
        ArrayNode fields = body.putArray("fields").add(SENSOR).add(MINUTES);
        fields.addObject().put("field", TIME).put("format", "epoch_millis");
        return body;
    }

    private static void metric(ObjectNode aggregations, String name, String kind, String field) {
        aggregations.putObject(name).putObject(kind).put("field", field);
    }

    static List<SensorLedger> read(JsonNode response) {
        Map<String, List<SensorLedger.Gap>> gaps = gaps(response.path("hits").path("hits"));
        List<SensorLedger> ledgers = new ArrayList<>();
        for (JsonNode sensor : response.path("aggregations").path("sensor").path("buckets")) {
            String name = sensor.path("key").asText();
            ledgers.add(ledger(name, sensor, gaps.getOrDefault(name, List.of())));
        }
        return ledgers;
    }

    private static Map<String, List<SensorLedger.Gap>> gaps(JsonNode stretches) {
        Map<String, List<SensorLedger.Gap>> gaps = new HashMap<>();
        for (JsonNode stretch : stretches) {
            JsonNode fields = stretch.path("fields");
            Instant from = PanelQuery.instant(fields.path(TIME).path(0).asDouble());
            Instant to =
                    from.plus(MINUTE.multipliedBy(fields.path(MINUTES).path(0).asLong(1)));
            String sensor = fields.path(SENSOR).path(0).asText(UNNAMED);
            List<SensorLedger.Gap> known = gaps.computeIfAbsent(sensor, any -> new ArrayList<>());
            if (!known.isEmpty() && !known.getLast().to().isBefore(from)) {
                from = known.removeLast().from();
            }
            known.add(new SensorLedger.Gap(from, to));
        }
        return gaps;
    }

    /** All sensors together. */
    static Coverage coverage(List<SensorLedger> ledgers) {
        return ledgers.stream()
                .map(SensorLedger::coverage)
                .reduce(Coverage::plus)
                .orElse(Coverage.UNKNOWN);
    }

    private static SensorLedger ledger(String name, JsonNode sensor, List<SensorLedger.Gap> gaps) {
        Instant heard = instant(sensor, "last").plus(MINUTE);
        boolean endsSilent = !gaps.isEmpty() && gaps.getLast().to().isAfter(heard);
        Coverage coverage = new Coverage(
                number(sensor, "minutes"),
                number(sensor.path("silent"), "minutes"),
                instant(sensor, "first"),
                endsSilent ? gaps.getLast().to() : heard);
        return new SensorLedger(
                name,
                only(sensor, "type"),
                only(sensor, "site"),
                coverage,
                number(sensor, "records"),
                number(sensor, "stored"),
                number(sensor, "duplicate"),
                number(sensor, "late"),
                number(sensor, "filtered"),
                number(sensor, "rejected"),
                number(sensor, "lost"),
                delivery(sensor),
                lastHeard(sensor.path("receiving")),
                gaps);
    }

    private static SensorLedger.Delivery delivery(JsonNode sensor) {
        long most = number(sensor, "skew_most");
        long least = number(sensor, "skew_least");
        return new SensorLedger.Delivery(
                number(sensor, "datagrams"),
                number(sensor, "gaps"),
                number(sensor, "restarts"),
                number(sensor, "repeated"),
                number(sensor, "out_of_order"),
                number(sensor, "dropped"),
                number(sensor, "no_template"),
                Math.abs(least) > Math.abs(most) ? least : most,
                number(sensor, "sampling"));
    }

    private static @Nullable Instant lastHeard(JsonNode receiving) {
        return receiving.path("last").path("value").isNumber()
                ? instant(receiving, "last").plus(MINUTE)
                : null;
    }

    private static String only(JsonNode sensor, String name) {
        return sensor.path(name).path("buckets").path(0).path("key").asText("");
    }

    private static long number(JsonNode node, String name) {
        return node.path(name).path("value").asLong();
    }

    private static Instant instant(JsonNode node, String name) {
        return PanelQuery.instant(node.path(name).path("value").asDouble());
    }
}
