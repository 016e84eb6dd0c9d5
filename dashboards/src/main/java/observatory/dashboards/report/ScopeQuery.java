package observatory.dashboards.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import observatory.dashboards.panel.Source;
import observatory.dashboards.report.Report.Gap;
import observatory.dashboards.report.Report.Model;
import observatory.dashboards.report.Report.Sensor;
import org.jspecify.annotations.Nullable;

/** Asks what was listened to, and how completely. */
record ScopeQuery(Period period, ZoneId zone) {
    private static final String COVERAGE = Source.COVERAGE.pattern();
    private static final String ROLLUPS = Source.ROLLUPS.pattern();
    private static final int MOST_SENSORS = 5_000;
    private static final int MOST_MODELS = 10_000;
    private static final int MOST_SILENT_LEDGERS = 500_000;
    private static final int MOST_GAPS = 2_000;

    /** The longest silence that one ledger tells of; one that began before the period may reach into it. */
    private static final Duration LONGEST_LEDGER = Duration.ofHours(1);

    /** A ledger whose state is anything but this is of a minute in which nothing arrived. */
    private static final String RECEIVING = "{\"term\": {\"observatory.coverage.state\": \"receiving\"}}";

    private static final String SILENT = "{\"bool\": {\"must_not\": " + RECEIVING + "}}";

    private static final String LEDGER = """
            {"received": {"filter": %s, "aggs": {"minutes": {"sum": {"field": "observatory.coverage.minutes"}}}},
             "first": {"min": {"field": "@timestamp"}},
             "last": {"max": {"field": "@timestamp"}},
             "records": {"sum": {"field": "observatory.coverage.records"}},
             "rejected": {"sum": {"field": "observatory.coverage.rejected"}},
             "late": {"sum": {"field": "observatory.coverage.late"}},
             "lost": {"sum": {"field": "observatory.coverage.lost"}}}
            """.formatted(RECEIVING);

    private static final String DEVICES =
            "{\"devices\": {\"cardinality\": {\"field\": \"device.id\", \"precision_threshold\": 40000}}}";

    private static final Map<String, String> NAMING = naming();

    Report.Scope read(List<String> limits) {
        List<String> missing = new ArrayList<>(limits);
        List<Sensor> sensors = sensors(missing);
        if (sensors.isEmpty()) {
            missing.add("No sensor kept a ledger in this period: how complete the figures are cannot be said.");
        }
        JsonNode fleet = fleet();
        return new Report.Scope(
                sensors,
                models(missing),
                Cells.value(fleet, "devices"),
                knownDevices(),
                deviceDays(fleet),
                naming(fleet),
                missing);
    }

    private List<Sensor> sensors(List<String> limits) {
        Map<String, String> key = new LinkedHashMap<>();
        key.put("name", "observer.name");
        key.put("type", "observer.type");
        key.put("site", "observatory.site");
        Period.Rows ledgers = period.grouped(COVERAGE, period.within("@timestamp"), key, LEDGER, MOST_SENSORS);
        Map<String, List<Gap>> gaps = gaps(limits);
        List<Sensor> sensors = new ArrayList<>();
        ledgers.rows().forEach(bucket -> sensors.add(sensor(bucket, gaps, limits)));
        return sensors;
    }

    /** Silent minutes are those of the gaps, which end where the period ends. */
    private Sensor sensor(JsonNode bucket, Map<String, List<Gap>> gaps, List<String> limits) {
        String name = Cells.text(bucket.path("key"), "name");
        String type = Cells.text(bucket.path("key"), "type");
        String site = Cells.text(bucket.path("key"), "site");
        List<Gap> silent = gaps.getOrDefault(sensorKey(name, type, site), List.of());
        long silentMinutes = silent.stream().mapToLong(Gap::minutes).sum();
        if (silent.size() > MOST_GAPS) {
            limits.add("Of the silent intervals of " + name + " the first " + MOST_GAPS
                    + " are listed; the minutes are of" + " all.");
        }
        Instant last = Cells.moment(bucket, "last");
        Instant silentTo =
                silent.isEmpty() ? null : silent.get(silent.size() - 1).to();
        return new Sensor(
                name,
                type,
                site,
                Cells.value(bucket.path("received"), "minutes") + silentMinutes,
                silentMinutes,
                Duration.between(period.from(), period.to()).toMinutes(),
                silent.isEmpty()
                        ? Cells.moment(bucket, "first")
                        : earlier(Cells.moment(bucket, "first"), silent.get(0).from()),
                later(last == null ? null : last.plus(Duration.ofMinutes(1)), silentTo),
                Cells.value(bucket, "records"),
                Cells.value(bucket, "rejected"),
                Cells.value(bucket, "late"),
                Cells.value(bucket, "lost"),
                silent.stream().limit(MOST_GAPS).toList());
    }

    private static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
        return one == null || (other != null && other.isBefore(one)) ? other : one;
    }

    private static @Nullable Instant later(@Nullable Instant one, @Nullable Instant other) {
        return one == null || (other != null && other.isAfter(one)) ? other : one;
    }

    private static String sensorKey(String name, String type, String site) {
        return name + '\n' + type + '\n' + site;
    }

    /** Silent minutes, those that touch made one. */
    private Map<String, List<Gap>> gaps(List<String> limits) {
        Period earlier = new Period(period.searcher(), period.from().minus(LONGEST_LEDGER), period.to(), period.site());
        List<JsonNode> conditions = earlier.within("@timestamp");
        conditions.add(Period.json(SILENT));
        String sort = """
                [{"observer.name": {"order": "asc", "unmapped_type": "keyword"}},
                 {"observer.type": {"order": "asc", "unmapped_type": "keyword"}},
                 {"observatory.site": {"order": "asc", "unmapped_type": "keyword"}},
                 {"@timestamp": {"order": "asc", "unmapped_type": "date"}}]
                """;
        Period.Rows silent = period.documents(COVERAGE, conditions, sort, MOST_SILENT_LEDGERS);
        Map<String, List<Gap>> gaps = new HashMap<>();
        for (JsonNode ledger : silent.rows()) {
            Gap gap = gap(ledger);
            if (gap != null) {
                String key = sensorKey(
                        Cells.text(ledger, "observer.name"),
                        Cells.text(ledger, "observer.type"),
                        Cells.text(ledger, "observatory.site"));
                add(gaps.computeIfAbsent(key, sensor -> new ArrayList<>()), gap);
            }
        }
        if (silent.isCut()) {
            limits.add("There are more silent minutes than could be read: coverage is lower than stated.");
        }
        return gaps;
    }

    /** What the ledger tells of silence within the period. */
    private @Nullable Gap gap(JsonNode ledger) {
        Instant start = Cells.date(ledger, "@timestamp");
        if (start == null) {
            return null;
        }
        long minutes = Math.max(1, ledger.path("observatory.coverage.minutes").asLong(1));
        Instant end = start.plus(Duration.ofMinutes(minutes));
        Instant from = start.isBefore(period.from()) ? period.from() : start;
        Instant to = end.isAfter(period.to()) ? period.to() : end;
        return from.isBefore(to) ? new Gap(from, to, Duration.between(from, to).toMinutes()) : null;
    }

    private static void add(List<Gap> gaps, Gap next) {
        Gap before = gaps.isEmpty() ? null : gaps.get(gaps.size() - 1);
        if (before == null || next.from().isAfter(before.to())) {
            gaps.add(next);
        } else if (next.to().isAfter(before.to())) {
            long minutes = Duration.between(before.from(), next.to()).toMinutes();
            gaps.set(gaps.size() - 1, new Gap(before.from(), next.to(), minutes));
        }
    }

    private JsonNode fleet() {
        StringBuilder names = new StringBuilder();
        NAMING.forEach((label, field) -> names.append(",\"name ")
                .append(label)
                .append("\": {\"sum\": {\"field\": \"")
                .append(field)
                .append("\"}}"));
        String day =
                "\"day\": {\"date_histogram\": {\"field\": \"@timestamp\", \"calendar_interval\": \"day\", \"time_zone\": \""
                        + zone.getId()
                        + "\", \"min_doc_count\": 1}, \"aggs\": "
                        + DEVICES
                        + "}";
        String all = DEVICES.substring(0, DEVICES.length() - 1) + "," + day + names + "}";
        return period.aggregate(ROLLUPS, period.within("@timestamp"), all).path("aggregations");
    }

    private static long deviceDays(JsonNode fleet) {
        long days = 0;
        for (JsonNode day : fleet.at("/day/buckets")) {
            days += Cells.value(day, "devices");
        }
        return days;
    }

    private static Map<String, Long> naming(JsonNode fleet) {
        Map<String, Long> flows = new LinkedHashMap<>();
        NAMING.keySet().forEach(label -> flows.put(label, Cells.value(fleet, "name " + label)));
        return flows;
    }

    private static Map<String, String> naming() {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String source : List.of("sni", "own_dns", "site_dns", "range", "none")) {
            fields.put(source, "observatory.names." + source);
        }
        return fields;
    }

    private List<Model> models(List<String> limits) {
        Map<String, String> key = new LinkedHashMap<>();
        key.put("maker", "device.manufacturer");
        key.put("model", "device.model.name");
        Period.Rows rows = period.grouped(ROLLUPS, period.within("@timestamp"), key, DEVICES, MOST_MODELS);
        if (rows.isCut()) {
            limits.add("There are more device models than are listed; the number of devices is complete.");
        }
        return rows.rows().stream()
                .map(bucket -> new Model(
                        orUnknown(bucket, "maker"), orUnknown(bucket, "model"), Cells.value(bucket, "devices")))
                .sorted(Comparator.comparingLong((Model model) -> -model.devices())
                        .thenComparing(Model::maker)
                        .thenComparing(Model::model))
                .toList();
    }

    private static String orUnknown(JsonNode bucket, String part) {
        String text = Cells.text(bucket.path("key"), part);
        return text.isEmpty() ? "unknown" : text;
    }

    private long knownDevices() {
        JsonNode before = Period.json("{\"range\": {\"observatory.first_seen\": {\"lt\": \"" + period.to() + "\"}}}");
        @Nullable
        JsonNode total = period.aggregate("observatory-devices", period.atSite(before), "{}")
                .at("/hits/total/value");
        return total == null ? 0 : total.asLong();
    }
}
