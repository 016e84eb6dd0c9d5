package observatory.dashboards.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import observatory.dashboards.panel.Source;
import observatory.dashboards.report.Report.PlaceRow;
import observatory.dashboards.report.Report.PlaceShare;
import observatory.dashboards.report.Report.Recipient;
import observatory.dashboards.report.Report.Traffic;
import org.jspecify.annotations.Nullable;

/** Asks who received what, and where that answered. */
record TrafficQuery(Period period) {
    private static final String ROLLUPS = Source.ROLLUPS.pattern();
    private static final int MOST_RECIPIENTS = 50_000;
    private static final List<String> DOUBTFUL = List.of("disputed", "anycast", "unknown", "local");
    private static final String DEVICES =
            "\"devices\": {\"cardinality\": {\"field\": \"device.id\", \"precision_threshold\": 40000}}";
    private static final String ENDPOINTS =
            "\"endpoints\": {\"cardinality\": {\"field\": \"observatory.endpoint\", \"precision_threshold\": 40000}}";
    private static final String OPERATOR_KNOWN = """
            {"bool": {"filter": {"exists": {"field": "observatory.operator"}},
                      "must_not": {"terms": {"observatory.operator": ["", "unknown"]}}}}
            """;
    private static final String OPERATOR_NOT_KNOWN = "{\"bool\": {\"must_not\": " + OPERATOR_KNOWN + "}}";

    /** Of one recipient. Terms are ordered by bytes; where those are equal, by name, so that answers repeat. */
    private static final String RECIPIENT =
            """
            {%s, %s, %s,
             "first": {"min": {"field": "event.start"}},
             "last": {"max": {"field": "event.end"}},
             "endpoint": {"terms": {"field": "observatory.endpoint", "size": 10, "shard_size": 200,
                                    "order": [{"bytes": "desc"}, {"_key": "asc"}]},
                          "aggs": {"bytes": {"sum": {"field": "network.bytes"}}}},
             "operator_law": {"terms": {"field": "observatory.jurisdiction.operator", "size": 50}},
             "host_law": {"terms": {"field": "observatory.jurisdiction.host", "size": 50}},
             "state": {"terms": {"field": "observatory.place.state", "size": 10, "missing": "unknown"},
                       "aggs": {%s,
                                "country": {"terms": {"field": "destination.geo.country_iso_code", "size": 300},
                                            "aggs": {%s}},
                                "possible": {"terms": {"field": "observatory.place.countries", "size": 300}}}}}
            """.formatted(Cells.TRAFFIC, DEVICES, ENDPOINTS, Cells.TRAFFIC, Cells.TRAFFIC);

    private static final String PLACES =
            """
            {%s,
             "simulated": {"filter": {"term": {"observatory.simulated": true}}},
             "site": {"terms": {"field": "observatory.site", "size": 1000}},
             "snapshot": {"terms": {"field": "observatory.snapshot", "size": 100},
                          "aggs": {"flows": {"sum": {"field": "observatory.flows"}}}},
             "state": {"terms": {"field": "observatory.place.state", "size": 10, "missing": "unknown"},
                       "aggs": {%s, %s, %s,
                                "country": {"terms": {"field": "destination.geo.country_iso_code", "size": 300},
                                            "aggs": {%s, %s, %s}},
                                "possible": {"terms": {"field": "observatory.place.countries", "size": 300},
                                             "aggs": {"bytes": {"sum": {"field": "network.bytes"}}}}}}}
            """.formatted(Cells.TRAFFIC, Cells.TRAFFIC, DEVICES, ENDPOINTS, Cells.TRAFFIC, DEVICES, ENDPOINTS);

    /** All recipients, most bytes first; whether there were more than can be listed. */
    record Recipients(List<Recipient> rows, boolean isCut) {}

    /**
     * All traffic of the period.
     *
     * @param snapshots flows by digest of the data they were attributed with
     */
    record Totals(
            Traffic traffic, List<PlaceRow> places, List<String> sites, Map<String, Long> snapshots, long simulated) {}

    Recipients recipients() {
        Map<String, String> key = new LinkedHashMap<>();
        key.put("operator", "observatory.operator");
        key.put("vendor", "observatory.service.vendor");
        key.put("service", "observatory.service.name");
        key.put("purpose", "observatory.service.purpose");
        key.put("network", "destination.as.organization.name");
        key.put("asn", "destination.as.number");
        key.put("cloud", "observatory.cloud.provider");
        Period.Rows operated = period.grouped(ROLLUPS, with(OPERATOR_KNOWN), key, RECIPIENT, MOST_RECIPIENTS);
        key.put("endpoint", "observatory.endpoint");
        Period.Rows other = period.grouped(ROLLUPS, with(OPERATOR_NOT_KNOWN), key, RECIPIENT, MOST_RECIPIENTS);

        List<Recipient> rows = new ArrayList<>();
        operated.rows().forEach(bucket -> rows.add(recipient(bucket)));
        other.rows().forEach(bucket -> rows.add(recipient(bucket)));
        rows.sort(Comparator.comparingLong((Recipient row) -> -row.traffic().bytes())
                .thenComparing(Recipient::name)
                .thenComparing(Recipient::toString));
        return new Recipients(rows, operated.isCut() || other.isCut());
    }

    Totals totals() {
        JsonNode answer =
                period.aggregate(ROLLUPS, period.within("@timestamp"), PLACES).path("aggregations");
        Traffic all = Cells.traffic(answer);
        Map<String, Long> snapshots = new LinkedHashMap<>();
        answer.at("/snapshot/buckets")
                .forEach(bucket -> snapshots.put(bucket.path("key").asText(), Cells.value(bucket, "flows")));
        return new Totals(
                all,
                places(answer, all),
                Cells.sortedKeys(answer, "site"),
                snapshots,
                answer.at("/simulated/doc_count").asLong());
    }

    private List<JsonNode> with(String condition) {
        List<JsonNode> conditions = period.within("@timestamp");
        conditions.add(Period.json(condition));
        return conditions;
    }

    private static Recipient recipient(JsonNode bucket) {
        JsonNode key = bucket.path("key");
        return new Recipient(
                Cells.known(key, "operator"),
                Cells.known(key, "vendor"),
                Cells.known(key, "service"),
                Cells.known(key, "purpose"),
                Cells.keys(bucket, "endpoint"),
                Cells.value(bucket, "endpoints"),
                Cells.known(key, "network"),
                key.path("asn").asLong(0),
                Cells.known(key, "cloud"),
                placeShares(bucket),
                Cells.sortedKeys(bucket, "operator_law"),
                Cells.sortedKeys(bucket, "host_law"),
                Cells.traffic(bucket),
                Cells.value(bucket, "devices"),
                Objects.requireNonNullElse(Cells.moment(bucket, "first"), Instant.EPOCH),
                Objects.requireNonNullElse(Cells.moment(bucket, "last"), Instant.EPOCH));
    }

    private static List<PlaceShare> placeShares(JsonNode bucket) {
        List<PlaceShare> shares = new ArrayList<>();
        for (JsonNode state : bucket.at("/state/buckets")) {
            String name = state.path("key").asText();
            if (name.equals("agreed")) {
                state.at("/country/buckets")
                        .forEach(country -> shares.add(
                                new PlaceShare(name, List.of(country.path("key").asText()), Cells.traffic(country))));
            } else {
                List<String> possible = name.equals("disputed") ? Cells.sortedKeys(state, "possible") : List.of();
                shares.add(new PlaceShare(name, possible, Cells.traffic(state)));
            }
        }
        shares.sort(
                Comparator.comparingLong((PlaceShare share) -> -share.traffic().bytes())
                        .thenComparing(PlaceShare::state)
                        .thenComparing(share -> String.join(",", share.countries())));
        return shares;
    }

    private static List<PlaceRow> places(JsonNode answer, Traffic all) {
        Map<String, Long> contested = new HashMap<>();
        Map<String, JsonNode> states = new HashMap<>();
        answer.at("/state/buckets")
                .forEach(state -> states.put(state.path("key").asText(), state));
        JsonNode disputed = states.getOrDefault("disputed", answer.path("none"));
        disputed.at("/possible/buckets")
                .forEach(bucket -> contested.put(bucket.path("key").asText(), Cells.value(bucket, "bytes")));

        List<PlaceRow> rows = new ArrayList<>();
        states.getOrDefault("agreed", answer.path("none"))
                .at("/country/buckets")
                .forEach(bucket -> {
                    String country = bucket.path("key").asText();
                    rows.add(row(
                            "agreed", country, bucket, all, Objects.requireNonNullElse(contested.remove(country), 0L)));
                });
        // Countries that are never agreed on, but possible.
        contested.forEach(
                (country, bytes) -> rows.add(new PlaceRow("disputed", country, new Traffic(0, 0, 0), 0, bytes, 0, 0)));
        rows.sort(Comparator.comparingLong((PlaceRow row) -> -row.traffic().bytes())
                .thenComparingLong(row -> -row.contested())
                .thenComparing(row -> Objects.requireNonNullElse(row.country(), "")));
        for (String state : DOUBTFUL) {
            JsonNode bucket = states.get(state);
            if (bucket != null) {
                rows.add(row(state, null, bucket, all, 0));
            }
        }
        return rows;
    }

    private static PlaceRow row(String state, @Nullable String country, JsonNode bucket, Traffic all, long contested) {
        Traffic traffic = Cells.traffic(bucket);
        double share = all.bytes() == 0 ? 0 : (double) traffic.bytes() / all.bytes();
        return new PlaceRow(
                state,
                country,
                traffic,
                share,
                contested,
                Cells.value(bucket, "devices"),
                Cells.value(bucket, "endpoints"));
    }
}
