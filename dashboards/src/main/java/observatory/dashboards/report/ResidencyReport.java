package observatory.dashboards.report;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import observatory.dashboards.search.DataSets;
import observatory.dashboards.search.DataSets.DataSet;
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
        List<Report.DataSet> dataSets = dataSets(request, totals.snapshots(), limits);
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
                dataSets);
        return sealed(unsealed, clock.instant());
    }

    /** What the flows were attributed with, each edition once, however many states of the data it was part of. */
    private List<Report.DataSet> dataSets(ReportRequest request, Map<String, Long> snapshots, List<String> limits) {
        if (snapshots.isEmpty()) {
            return List.of();
        }
        LocalDate end = LocalDate.ofInstant(request.to().minusNanos(1), ZoneOffset.UTC);
        Map<String, List<DataSet>> known = DataSets.of(searcher, snapshots.keySet());
        Map<DataSet, Long> flows = new LinkedHashMap<>();
        snapshots.forEach((digest, count) -> {
            known.getOrDefault(digest, List.of()).forEach(set -> flows.merge(set, count, Long::sum));
            if (!known.containsKey(digest)) {
                limits.add(Wording.count(count) + " flows were attributed with data that is not on record (" + digest
                        + ").");
            }
        });
        return flows.entrySet().stream()
                .map(used -> listed(used.getKey(), end, used.getValue()))
                .sorted(Comparator.comparing(Report.DataSet::name).thenComparing(Report.DataSet::date))
                .toList();
    }

    private static Report.DataSet listed(DataSet set, LocalDate end, long flows) {
        String licence = set.attribution().isEmpty() ? set.licence() : set.licence() + "; " + set.attribution();
        return new Report.DataSet(
                set.id() + " (" + set.origin() + ")", set.edition(), set.dateFor(end), licence, flows);
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
                report.dataSets());
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
