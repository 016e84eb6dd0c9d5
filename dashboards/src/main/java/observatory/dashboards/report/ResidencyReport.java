package observatory.dashboards.report;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import observatory.dashboards.search.Searcher;
import observatory.jobs.elastic.ElasticException;

/** Builds a {@link Report} from what was observed. */
public final class ResidencyReport {
    private final Searcher searcher;
    private final InstantSource clock;

    public ResidencyReport(Searcher searcher, InstantSource clock) {
        this.searcher = searcher;
        this.clock = clock;
    }

    /**
     * Reads everything once; all formats are then written from the result.
     *
     * @throws ElasticException if Elasticsearch gives no answer
     */
    public Report build(ReportRequest request) {
        Period period = new Period(searcher, request.from(), request.to(), request.site());
        TrafficQuery.Totals totals = new TrafficQuery(period).totals();
        TrafficQuery.Recipients recipients = new TrafficQuery(period).recipients();
        List<String> limits = new ArrayList<>();
        if (recipients.isCut()) {
            limits.add("There are more recipients than are listed; the totals and places are complete.");
        }
        EventQuery events = new EventQuery(period);
        List<Report.NewEndpoint> newEndpoints = events.newEndpoints(limits);
        List<Report.FindingRow> findings = events.findings(limits);
        long other = others(totals.snapshots(), request.data());
        if (other > 0) {
            limits.add(Wording.count(other) + " flows were attributed with other data than the data sets listed here ("
                    + request.data() + ").");
        }
        Report.Scope scope = new ScopeQuery(period, request.zone()).read(limits);
        Report unsealed = new Report(
                header(request, totals),
                scope,
                totals.traffic(),
                recipients.rows(),
                totals.places(),
                Transfers.of(recipients.rows(), request.instruments()),
                newEndpoints,
                findings,
                totals.snapshots(),
                request.dataSets(),
                request.data());
        return sealed(unsealed, clock.instant());
    }

    /** Flows that were attributed with other data than that of a digest; none where it is not known. */
    private static long others(Map<String, Long> snapshots, String data) {
        return data.isEmpty()
                ? 0
                : snapshots.entrySet().stream()
                        .filter(snapshot -> !snapshot.getKey().equals(data))
                        .mapToLong(Map.Entry::getValue)
                        .sum();
    }

    private static Report.Header header(ReportRequest request, TrafficQuery.Totals totals) {
        return new Report.Header(
                "",
                "",
                request.organisation(),
                totals.sites(),
                request.site(),
                request.from(),
                request.to(),
                request.zone(),
                Instant.EPOCH,
                request.version(),
                totals.simulated() > 0);
    }

    /** The digest is taken before the moment of generation is filled in: the same data gives the same digest. */
    private static Report sealed(Report report, Instant now) {
        String digest = sha256(ResidencyJson.of(report));
        Report.Header header = report.header();
        return new Report(
                new Report.Header(
                        digest.substring(0, 16),
                        digest,
                        header.organisation(),
                        header.sites(),
                        header.site(),
                        header.from(),
                        header.to(),
                        header.zone(),
                        now,
                        header.version(),
                        header.isSimulated()),
                report.scope(),
                report.total(),
                report.recipients(),
                report.places(),
                report.transfers(),
                report.newEndpoints(),
                report.findings(),
                report.snapshots(),
                report.dataSets(),
                report.data());
    }

    private static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
