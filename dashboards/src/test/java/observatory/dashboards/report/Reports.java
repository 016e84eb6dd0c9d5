package observatory.dashboards.report;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import observatory.dashboards.report.Report.Traffic;

/** Reports made by hand. */
final class Reports {
    static final Instant FROM = Instant.parse("2026-11-09T00:00:00Z");
    static final Instant TO = Instant.parse("2026-11-23T00:00:00Z");
    static final String HOSTILE = "<script>alert('x')</script>.example";
    static final String FORMULA = "=HYPERLINK(\"http://evil.example\";\"a,b\")";

    private Reports() {}

    /** Every text that comes from the wire is hostile. */
    static Report hostile() {
        Traffic traffic = new Traffic(3, 1_000, 2_000);
        Report.Recipient recipient = new Report.Recipient(
                "",
                HOSTILE,
                HOSTILE,
                HOSTILE,
                List.of(HOSTILE, FORMULA),
                2,
                HOSTILE,
                64500,
                HOSTILE,
                List.of(new Report.PlaceShare("disputed", List.of(HOSTILE, "SG"), traffic)),
                List.of(HOSTILE),
                List.of(HOSTILE),
                traffic,
                1,
                FROM,
                TO);
        Report.Sensor sensor = new Report.Sensor(
                HOSTILE,
                HOSTILE,
                HOSTILE,
                100,
                40,
                20_160,
                FROM,
                TO,
                1,
                2,
                3,
                4,
                List.of(new Report.Gap(FROM, TO, 40)));
        return new Report(
                header(true),
                new Report.Scope(
                        List.of(sensor),
                        List.of(new Report.Model(HOSTILE, FORMULA, 1)),
                        1,
                        2,
                        3,
                        Map.of("own_dns", 3L),
                        List.of(HOSTILE)),
                traffic,
                List.of(recipient),
                List.of(new Report.PlaceRow("disputed", null, traffic, 1, 0, 1, 2)),
                List.of(new Report.Transfer(
                        null, HOSTILE, List.of(HOSTILE), List.of(HOSTILE), 1_000, "open", "", "", "")),
                List.of(new Report.NewEndpoint(
                        FROM, HOSTILE, HOSTILE, HOSTILE, "", "", "", HOSTILE, "agreed", List.of(HOSTILE), 1, traffic)),
                List.of(new Report.FindingRow(
                        "id", HOSTILE, HOSTILE, HOSTILE, FORMULA, HOSTILE, HOSTILE, 1, 1, FROM, null)),
                Map.of(HOSTILE, 3L),
                List.of(new Report.DataSet(HOSTILE, HOSTILE, HOSTILE, HOSTILE, 3)));
    }

    /** Nothing was seen and nobody listened. */
    static Report empty() {
        return new Report(
                header(false),
                new Report.Scope(List.of(), List.of(), 0, 0, 0, Map.of(), List.of()),
                new Traffic(0, 0, 0),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Map.of(),
                List.of());
    }

    /** Flows that were attributed with the data of some digests, of which so much is on record. */
    static Report attributed(Map<String, Long> snapshots, Report.DataSet... dataSets) {
        Report empty = empty();
        return new Report(
                empty.header(),
                empty.scope(),
                empty.total(),
                empty.recipients(),
                empty.places(),
                empty.transfers(),
                empty.newEndpoints(),
                empty.findings(),
                snapshots,
                List.of(dataSets));
    }

    private static Report.Header header(boolean isSimulated) {
        return new Report.Header(
                "0123456789abcdef",
                "0123456789abcdef".repeat(4),
                isSimulated ? HOSTILE : "Beispiel GmbH",
                isSimulated ? List.of(HOSTILE) : List.of(),
                null,
                FROM,
                TO,
                ZoneId.of("Europe/Berlin"),
                TO,
                "1.0",
                isSimulated);
    }
}
