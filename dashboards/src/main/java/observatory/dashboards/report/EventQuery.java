package observatory.dashboards.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import observatory.dashboards.panel.Source;
import observatory.dashboards.report.Report.FindingRow;
import observatory.dashboards.report.Report.NewEndpoint;
import observatory.dashboards.report.Report.Traffic;

/** Asks what was new and what was found. */
record EventQuery(Period period) {
    private static final int MOST = 10_000;

    /** First contacts of the fleet or, when the report is narrowed to a site, of that site. */
    List<NewEndpoint> newEndpoints(List<String> limits) {
        List<JsonNode> conditions = period.within("observatory.first_seen");
        String scope = period.site() == null ? "fleet" : "site";
        conditions.add(Period.json("{\"term\": {\"observatory.scope.kind\": \"" + scope + "\"}}"));
        String sort = """
                [{"observatory.first_seen": {"order": "asc", "unmapped_type": "date"}},
                 {"observatory.endpoint": {"order": "asc", "unmapped_type": "keyword"}},
                 {"observatory.scope.id": {"order": "asc", "unmapped_type": "keyword"}}]
                """;
        Period.Rows rows = period.documents(Source.ENDPOINTS.pattern(), conditions, sort, MOST);
        if (rows.isCut()) {
            limits.add("Of the new endpoints the first " + MOST + " are listed.");
        }
        return rows.rows().stream().map(EventQuery::endpoint).toList();
    }

    private static NewEndpoint endpoint(JsonNode document) {
        return new NewEndpoint(
                Objects.requireNonNullElse(Cells.date(document, "observatory.first_seen"), Instant.EPOCH),
                Cells.text(document, "observatory.endpoint"),
                Cells.text(document, "observatory.site"),
                Cells.known(document, "observatory.operator"),
                Cells.known(document, "observatory.service.vendor"),
                Cells.known(document, "observatory.service.name"),
                Cells.known(document, "observatory.service.purpose"),
                Cells.known(document, "destination.as.organization.name"),
                Cells.text(document, "observatory.place.state"),
                Cells.texts(document, "observatory.place.countries"),
                document.path("observatory.devices").asLong(),
                new Traffic(
                        document.path("observatory.flows").asLong(),
                        document.path("source.bytes").asLong(),
                        document.path("destination.bytes").asLong()));
    }

    /** Findings that touch the period, worst first. */
    List<FindingRow> findings(List<String> limits) {
        String sort = """
                [{"event.severity": {"order": "desc", "unmapped_type": "long"}},
                 {"event.start": {"order": "asc", "unmapped_type": "date"}},
                 {"observatory.finding.kind": {"order": "asc", "unmapped_type": "keyword"}},
                 {"observatory.finding.cause": {"order": "asc", "unmapped_type": "keyword"}}]
                """;
        Period.Rows rows =
                period.documents(Source.FINDINGS.pattern(), period.touching("event.start", "event.end"), sort, MOST);
        if (rows.isCut()) {
            limits.add("Of the findings the worst " + MOST + " are listed.");
        }
        return rows.rows().stream().map(EventQuery::finding).toList();
    }

    private static FindingRow finding(JsonNode document) {
        return new FindingRow(
                Cells.text(document, "_id"),
                Cells.text(document, "observatory.finding.severity"),
                Cells.text(document, "observatory.finding.kind"),
                Cells.text(document, "observatory.finding.state"),
                Cells.text(document, "message"),
                Cells.text(document, "observatory.finding.missing"),
                Cells.text(document, "observatory.endpoint"),
                document.path("observatory.finding.count").asLong(),
                document.path("observatory.finding.devices").asLong(),
                Cells.date(document, "event.start"),
                Cells.date(document, "event.end"));
    }
}
