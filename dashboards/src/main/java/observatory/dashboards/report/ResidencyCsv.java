package observatory.dashboards.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import observatory.dashboards.report.Report.PlaceShare;
import observatory.dashboards.report.Report.Recipient;
import observatory.dashboards.report.Report.Traffic;
import org.jspecify.annotations.Nullable;

/**
 * The report as one CSV table (RFC 4180, UTF-8): every row says in {@code section} what it is, and fills the columns that
 * apply. Moments are ISO 8601 in UTC, figures are exact. Only rows of section {@code place} add up to {@code total}.
 */
public final class ResidencyCsv {
    static final List<String> COLUMNS = List.of(
            "section",
            "name",
            "value",
            "recipient",
            "vendor",
            "service",
            "purpose",
            "endpoint",
            "host_network",
            "asn",
            "cloud",
            "place_state",
            "country",
            "possible_countries",
            "jurisdiction_operator",
            "jurisdiction_host",
            "flows",
            "bytes_out",
            "bytes_in",
            "bytes_share",
            "bytes_contested",
            "devices",
            "endpoints",
            "first_seen",
            "last_seen",
            "site",
            "sensor",
            "minutes",
            "silent_minutes",
            "period_minutes",
            "records",
            "rejected",
            "late",
            "lost",
            "severity",
            "finding_state",
            "count",
            "missing",
            "grounds",
            "instrument",
            "document",
            "assessed",
            "reviewer");

    private final Appendable out;

    private ResidencyCsv(Appendable out) {
        this.out = out;
    }

    /** The whole report. */
    public static String of(Report report) {
        StringBuilder text = new StringBuilder();
        try {
            write(report, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    /** Writes the whole report. */
    public static void write(Report report, Appendable out) throws IOException {
        ResidencyCsv csv = new ResidencyCsv(out);
        csv.line(COLUMNS);
        csv.header(report);
        csv.scope(report.scope());
        csv.row(section("total").with(report.total()));
        for (Report.PlaceRow place : report.places()) {
            csv.row(section("place")
                    .with("place_state", place.state())
                    .with("country", place.country())
                    .with(place.traffic())
                    .with("bytes_share", Double.toString(place.share()))
                    .with("bytes_contested", place.contested())
                    .with("devices", place.devices())
                    .with("endpoints", place.endpoints()));
        }
        for (Recipient recipient : report.recipients()) {
            csv.recipient(recipient);
        }
        csv.transfers(report.transfers());
        csv.events(report);
        for (Map.Entry<String, Long> snapshot : report.snapshots().entrySet()) {
            csv.row(section("snapshot").with("name", snapshot.getKey()).with("flows", snapshot.getValue()));
        }
        for (Report.DataSet set : report.dataSets()) {
            String value = set.edition() + "; " + set.date() + "; " + set.licence();
            csv.row(section("data_set")
                    .with("name", set.name())
                    .with("flows", set.flows())
                    .with("value", value));
        }
    }

    private void header(Report report) throws IOException {
        Report.Header header = report.header();
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("report_id", header.id());
        facts.put("digest_sha256", header.digest());
        facts.put("organisation", header.organisation());
        facts.put("sites", String.join(", ", header.sites()));
        facts.put("narrowed_to_site", header.site() == null ? "" : header.site());
        facts.put("period_from", header.from().toString());
        facts.put("period_to", header.to().toString());
        facts.put("time_zone", header.zone().toString());
        facts.put("generated_at", header.generatedAt().toString());
        facts.put("version", header.version());
        facts.put("simulated", Boolean.toString(header.isSimulated()));
        facts.put("devices_known", Long.toString(report.scope().knownDevices()));
        facts.put("device_days", Long.toString(report.scope().deviceDays()));
        for (Map.Entry<String, String> fact : facts.entrySet()) {
            row(section("report").with("name", fact.getKey()).with("value", fact.getValue()));
        }
        for (String limit : report.scope().limits()) {
            row(section("limit").with("value", limit));
        }
    }

    private void scope(Report.Scope scope) throws IOException {
        for (Report.Sensor sensor : scope.sensors()) {
            row(section("sensor")
                    .with("sensor", sensor.name())
                    .with("name", sensor.type())
                    .with("site", sensor.site())
                    .with("minutes", sensor.minutes())
                    .with("silent_minutes", sensor.silentMinutes())
                    .with("period_minutes", sensor.periodMinutes())
                    .with("first_seen", sensor.first())
                    .with("last_seen", sensor.last())
                    .with("records", sensor.records())
                    .with("rejected", sensor.rejected())
                    .with("late", sensor.late())
                    .with("lost", sensor.lost()));
            for (Report.Gap gap : sensor.gaps()) {
                row(section("silent")
                        .with("sensor", sensor.name())
                        .with("site", sensor.site())
                        .with("first_seen", gap.from())
                        .with("last_seen", gap.to())
                        .with("silent_minutes", gap.minutes()));
            }
        }
        for (Report.Model model : scope.models()) {
            row(section("devices")
                    .with("vendor", model.maker())
                    .with("name", model.model())
                    .with("devices", model.devices()));
        }
        for (Map.Entry<String, Long> naming : scope.naming().entrySet()) {
            row(section("naming").with("name", naming.getKey()).with("flows", naming.getValue()));
        }
    }

    /** The recipient as a whole, then each place; devices are counted once, so they stand in the first row only. */
    private void recipient(Recipient recipient) throws IOException {
        row(named("recipient", recipient)
                .with(recipient.traffic())
                .with("devices", recipient.devices())
                .with("endpoints", recipient.endpointCount())
                .with("first_seen", recipient.firstSeen())
                .with("last_seen", recipient.lastSeen()));
        for (PlaceShare place : recipient.places()) {
            String countries = String.join(" ", place.countries());
            row(named("recipient_place", recipient)
                    .with("place_state", place.state())
                    .with(place.state().equals("agreed") ? "country" : "possible_countries", countries)
                    .with(place.traffic()));
        }
    }

    private static Row named(String section, Recipient recipient) {
        return section(section)
                .with("recipient", recipient.operator())
                .with("vendor", recipient.vendor())
                .with("service", recipient.service())
                .with("purpose", recipient.purpose())
                .with("endpoint", String.join(" ", recipient.endpoints()))
                .with("host_network", recipient.network())
                .with("asn", recipient.asn() == 0 ? "" : Long.toString(recipient.asn()))
                .with("cloud", recipient.cloud())
                .with("jurisdiction_operator", String.join(" ", recipient.operatorJurisdictions()))
                .with("jurisdiction_host", String.join(" ", recipient.hostJurisdictions()));
    }

    private void transfers(List<Report.Transfer> transfers) throws IOException {
        for (Report.Transfer transfer : transfers) {
            row(section("transfer")
                    .with("country", transfer.country())
                    .with("recipient", transfer.recipient())
                    .with("purpose", String.join(" ", transfer.purposes()))
                    .with("grounds", String.join("; ", transfer.grounds()))
                    .with("bytes_out", transfer.bytesOut())
                    .with("instrument", transfer.instrument())
                    .with("document", transfer.document())
                    .with("assessed", transfer.assessed())
                    .with("reviewer", transfer.reviewer()));
        }
    }

    private void events(Report report) throws IOException {
        for (Report.NewEndpoint endpoint : report.newEndpoints()) {
            row(section("new_endpoint")
                    .with("endpoint", endpoint.endpoint())
                    .with("site", endpoint.site())
                    .with("recipient", endpoint.operator())
                    .with("vendor", endpoint.vendor())
                    .with("service", endpoint.service())
                    .with("purpose", endpoint.purpose())
                    .with("host_network", endpoint.network())
                    .with("place_state", endpoint.placeState())
                    .with("possible_countries", String.join(" ", endpoint.countries()))
                    .with(endpoint.traffic())
                    .with("devices", endpoint.devices())
                    .with("first_seen", endpoint.firstSeen()));
        }
        for (Report.FindingRow finding : report.findings()) {
            row(section("finding")
                    .with("name", finding.kind())
                    .with("value", finding.message())
                    .with("severity", finding.severity())
                    .with("finding_state", finding.state())
                    .with("endpoint", finding.endpoint())
                    .with("count", finding.count())
                    .with("devices", finding.devices())
                    .with("missing", finding.missing())
                    .with("first_seen", finding.firstSeen())
                    .with("last_seen", finding.lastSeen()));
        }
    }

    private static Row section(String name) {
        return new Row().with("section", name);
    }

    private void row(Row row) throws IOException {
        line(COLUMNS.stream().map(column -> row.cells.getOrDefault(column, "")).toList());
    }

    private void line(List<String> cells) throws IOException {
        for (int i = 0; i < cells.size(); i++) {
            out.append(i == 0 ? "" : ",").append(cell(cells.get(i)));
        }
        out.append("\r\n");
    }

    /**
     * A quoted cell where RFC 4180 asks for it. A text that a spreadsheet would take for a formula is led by an
     * apostrophe, since names come from the wire.
     */
    static String cell(String text) {
        String safe = text.isEmpty() || "=+-@\t\r\n|".indexOf(text.charAt(0)) < 0 ? text : "'" + text;
        boolean quoted = safe.chars().anyMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n' || c == '\'');
        return quoted ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
    }

    private static final class Row {
        private final Map<String, String> cells = new LinkedHashMap<>();

        Row with(String column, @Nullable String value) {
            if (!COLUMNS.contains(column)) {
                throw new IllegalArgumentException("no such column: " + column);
            }
            cells.put(column, value == null ? "" : value);
            return this;
        }

        Row with(String column, long value) {
            return with(column, Long.toString(value));
        }

        Row with(String column, @Nullable Instant moment) {
            return with(column, moment == null ? "" : moment.toString());
        }

        Row with(Traffic traffic) {
            return with("flows", traffic.flows())
                    .with("bytes_out", traffic.bytesOut())
                    .with("bytes_in", traffic.bytesIn());
        }
    }
}
