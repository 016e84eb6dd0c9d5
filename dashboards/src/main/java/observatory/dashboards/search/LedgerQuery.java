package observatory.dashboards.search;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import observatory.dashboards.panel.Source;

/**
 * Asks the ledgers which sensor was silent when, and reads the answer.
 *
 * <p>Silence is looked for in slices of the range. A gap reaches from the first to the last silent minute of a slice and
 * goes on into the next one when both touch, so that the ends of a gap are exact however wide the slices are; two gaps
 * within one slice become one, whose minutes then are fewer than its length.
 */
final class LedgerQuery {
    private static final int MOST_SENSORS = 200;
    private static final int MOST_SLICES = 1_440;
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final String MINUTES = "observatory.coverage.minutes";
    private static final String STATE = "observatory.coverage.state";
    private static final String TIME = Source.COVERAGE.timeField();
    private static final List<String> COUNTERS =
            List.of("records", "stored", "duplicate", "late", "filtered", "rejected", "lost");
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private LedgerQuery() {}

    static ObjectNode of(Filter filter, Range range) {
        ObjectNode body = JSON.objectNode().put("size", 0).put("track_total_hits", false);
        body.putObject("query").putObject("bool").set("filter", PanelQuery.conditions(Source.COVERAGE, filter, range));
        ObjectNode sensor = body.putObject("aggs").putObject("sensor");
        sensor.putObject("terms")
                .put("field", "observer.name")
                .put("size", MOST_SENSORS)
                .put("missing", PanelQuery.MISSING)
                .putObject("order")
                .put("_key", "asc");
        ObjectNode inner = sensor.putObject("aggs");
        metric(inner, "minutes", "sum", MINUTES);
        metric(inner, "first", "min", TIME);
        metric(inner, "last", "max", TIME);
        COUNTERS.forEach(counter -> metric(inner, counter, "sum", "observatory.coverage." + counter));
        inner.putObject("type").putObject("terms").put("field", "observer.type").put("size", 1);
        inner.putObject("site")
                .putObject("terms")
                .put("field", Source.COVERAGE.siteField())
                .put("size", 1);
        inner.set("silent", silence(range));
        return body;
    }

    private static ObjectNode silence(Range range) {
        ObjectNode silent = JSON.objectNode();
        silent.putObject("filter").putObject("term").put(STATE, "silent");
        ObjectNode inner = silent.putObject("aggs");
        metric(inner, "minutes", "sum", MINUTES);
        ObjectNode slice = inner.putObject("slice");
        slice.putObject("date_histogram")
                .put("field", TIME)
                .put("fixed_interval", slice(range).toSeconds() + "s")
                .put("min_doc_count", 1);
        ObjectNode within = slice.putObject("aggs");
        metric(within, "minutes", "sum", MINUTES);
        metric(within, "first", "min", TIME);
        metric(within, "last", "max", TIME);
        return silent;
    }

    private static Duration slice(Range range) {
        long minutes = Duration.between(range.from(), range.to()).toMinutes() / MOST_SLICES;
        return Duration.ofMinutes(Math.max(1, minutes));
    }

    private static void metric(ObjectNode aggregations, String name, String kind, String field) {
        aggregations.putObject(name).putObject(kind).put("field", field);
    }

    static List<SensorLedger> read(JsonNode response) {
        return StreamSupport.stream(
                        response.path("aggregations")
                                .path("sensor")
                                .path("buckets")
                                .spliterator(),
                        false)
                .map(LedgerQuery::ledger)
                .toList();
    }

    /** All sensors together. */
    static Coverage coverage(List<SensorLedger> ledgers) {
        return ledgers.stream()
                .map(SensorLedger::coverage)
                .reduce(Coverage::plus)
                .orElse(Coverage.UNKNOWN);
    }

    private static SensorLedger ledger(JsonNode sensor) {
        String name = sensor.path("key").asText();
        Coverage coverage = new Coverage(
                number(sensor, "minutes"),
                number(sensor.path("silent"), "minutes"),
                instant(sensor, "first"),
                instant(sensor, "last").plus(MINUTE));
        return new SensorLedger(
                name.equals(PanelQuery.MISSING) ? "unnamed" : name,
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
                gaps(sensor.path("silent").path("slice").path("buckets")));
    }

    private static List<SensorLedger.Gap> gaps(JsonNode slices) {
        List<SensorLedger.Gap> gaps = new ArrayList<>();
        for (JsonNode slice : slices) {
            Instant from = instant(slice, "first");
            Instant to = instant(slice, "last").plus(MINUTE);
            long minutes = number(slice, "minutes");
            if (!gaps.isEmpty() && !gaps.getLast().to().isBefore(from)) {
                SensorLedger.Gap open = gaps.removeLast();
                gaps.add(new SensorLedger.Gap(open.from(), to, open.minutes() + minutes));
            } else {
                gaps.add(new SensorLedger.Gap(from, to, minutes));
            }
        }
        return gaps;
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
