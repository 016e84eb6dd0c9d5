package observatory.dashboards.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import observatory.dashboards.report.Report.PlaceRow;
import observatory.dashboards.report.Report.PlaceShare;
import observatory.dashboards.report.Report.Recipient;
import observatory.dashboards.search.Fixture;
import observatory.dashboards.search.Fixture.Rollup;
import observatory.dashboards.search.FixtureIndex;
import observatory.jobs.elastic.ElasticClient;
import observatory.jobs.elastic.RealElasticsearch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Every figure from a real Elasticsearch, compared with the same figure added up without one. */
@Tag("slow")
@SuppressWarnings("NullAway.Init")
class ResidencyReportTest {
    private static ElasticClient client;
    private static FixtureIndex index;
    private static Report report;

    @BeforeAll
    static void load() {
        client = ElasticClient.to(RealElasticsearch.settings());
        index = new FixtureIndex(client);
        report = build(Fixture.START, Fixture.END, null, Fixture.END);
    }

    @AfterAll
    static void clear() {
        index.close();
        client.close();
    }

    @Test
    void totalsArePlacesAreRecipientsAreTheFixture() {
        assertThat(report.total().flows()).isEqualTo(Fixture.sum(any -> true, Rollup::flows));
        assertThat(report.total().bytesOut()).isEqualTo(Fixture.sum(any -> true, Rollup::bytesOut));
        assertThat(report.total().bytesIn()).isEqualTo(Fixture.sum(any -> true, Rollup::bytesIn));
        assertThat(sum(report.places().stream().map(PlaceRow::traffic).toList()))
                .isEqualTo(report.total());
        assertThat(sum(report.recipients().stream().map(Recipient::traffic).toList()))
                .isEqualTo(report.total());
        assertThat(sum(report.recipients().stream()
                        .flatMap(recipient -> recipient.places().stream())
                        .map(PlaceShare::traffic)
                        .toList()))
                .isEqualTo(report.total());
    }

    @Test
    void aCountryHasItsAgreedTrafficOnlyAndWhatMayBeItsOwnBeside() {
        assertThat(place("agreed", "DE").traffic().bytesOut())
                .isEqualTo(Fixture.sum(
                        rollup -> rollup.target().state().equals("agreed")
                                && rollup.target().countries().contains("DE"),
                        Rollup::bytesOut));
        assertThat(place("disputed", "SG").traffic().flows()).isZero();
        assertThat(place("disputed", "SG").contested())
                .isEqualTo(Fixture.sum(
                        rollup -> rollup.target().countries().contains("SG"),
                        rollup -> rollup.bytesOut() + rollup.bytesIn()));
    }

    @Test
    void whatIsDoubtfulHasRowsOfItsOwn() {
        for (String state : List.of("disputed", "anycast", "unknown", "local")) {
            assertThat(place(state, null).traffic().bytesOut())
                    .isEqualTo(Fixture.sum(rollup -> rollup.target().state().equals(state), Rollup::bytesOut));
        }
    }

    @Test
    void aRecipientKeepsOperatorHostPlaceAndLawApart() {
        Recipient redirection = report.recipients().stream()
                .filter(recipient -> recipient.service().equals("RPS"))
                .findFirst()
                .orElseThrow();

        assertThat(redirection.operator()).isEqualTo("Yealink Network Technology");
        assertThat(redirection.network()).isEqualTo("Alibaba US Technology Co., Ltd.");
        assertThat(redirection.places())
                .singleElement()
                .satisfies(place -> assertThat(place.countries()).containsExactly("CN", "SG"));
        assertThat(redirection.operatorJurisdictions()).containsExactly("CN");
        assertThat(redirection.hostJurisdictions()).containsExactly("CN", "SG");
        assertThat(redirection.devices()).isEqualTo(3);
    }

    @Test
    void aRecipientWithoutAnOperatorIsItsEndpoint() {
        assertThat(report.recipients()).extracting(Recipient::name).contains("AS3462 203.0.113.0/24");
    }

    @Test
    void silenceIsListedToTheMinuteAndLowersCoverage() {
        Report.Sensor silent = sensor("zeek-leipzig");

        assertThat(silent.gaps()).containsExactly(new Report.Gap(Fixture.SILENT_FROM, Fixture.SILENT_TO, 180));
        assertThat(silent.minutes()).isEqualTo(20_160);
        assertThat(silent.silentMinutes()).isEqualTo(180);
        assertThat(silent.shareOfLedger()).isEqualTo(19_980 / 20_160.0);
        assertThat(sensor("zeek-berlin").shareOfLedger()).isEqualTo(1);
    }

    @Test
    void aPeriodLongerThanTheLedgerIsNotCoveredByIt() {
        Report twice = build(Fixture.START.minus(Duration.ofDays(14)), Fixture.END, null, Fixture.END);

        assertThat(twice.scope().sensors()).allSatisfy(sensor -> {
            assertThat(sensor.shareOfPeriod()).isLessThanOrEqualTo(0.5);
            assertThat(sensor.first()).isEqualTo(Fixture.START);
        });
        assertThat(twice.total()).isEqualTo(report.total());
    }

    @Test
    void silenceIsCutWhereThePeriodIsCut() {
        Instant middle = Fixture.SILENT_FROM.plus(Duration.ofMinutes(30));

        Report part = build(middle, Fixture.END, null, Fixture.END);

        assertThat(part.scope().sensors().get(1).gaps())
                .containsExactly(new Report.Gap(middle, Fixture.SILENT_TO, 150));
    }

    @Test
    void devicesAreCountedByModelAndDay() {
        assertThat(report.scope().devices()).isEqualTo(6);
        assertThat(report.scope().knownDevices()).isEqualTo(6);
        assertThat(report.scope().deviceDays()).isEqualTo(6 * 14);
        assertThat(report.scope().models().getFirst()).isEqualTo(new Report.Model("Yealink", "SIP-T54W", 2));
    }

    @Test
    void oneSiteIsReportedOnAlone() {
        Report leipzig = build(Fixture.START, Fixture.END, "leipzig", Fixture.END);

        assertThat(leipzig.total().bytesOut())
                .isEqualTo(Fixture.sum(rollup -> rollup.phone().site().equals("leipzig"), Rollup::bytesOut));
        assertThat(leipzig.scope().sensors()).extracting(Report.Sensor::name).containsExactly("zeek-leipzig");
        assertThat(leipzig.newEndpoints())
                .allSatisfy(endpoint -> assertThat(endpoint.site()).isEqualTo("leipzig"));
        assertThat(leipzig.header().sites()).containsExactly("leipzig");
    }

    @Test
    void theSameDataIsTheSameReportWheneverItIsWritten() {
        Report later = build(Fixture.START, Fixture.END, null, Fixture.END.plus(Duration.ofDays(1)));

        assertThat(later.header().digest()).isEqualTo(report.header().digest());
        assertThat(later.header().generatedAt()).isNotEqualTo(report.header().generatedAt());
        assertThat(build(Fixture.START, Fixture.END.minusSeconds(300), null, Fixture.END)
                        .header()
                        .digest())
                .isNotEqualTo(report.header().digest());
    }

    @Test
    void allFormatsHaveTheSameTotal() throws Exception {
        long bytes = report.total().bytesOut();

        assertThat(new ObjectMapper()
                        .readTree(ResidencyJson.of(report))
                        .at("/total/bytesOut")
                        .asLong())
                .isEqualTo(bytes);
        List<String> total = ResidencyCsvTest.parse(ResidencyCsv.of(report)).stream()
                .filter(row -> row.getFirst().equals("total"))
                .findFirst()
                .orElseThrow();
        assertThat(total.get(ResidencyCsv.COLUMNS.indexOf("bytes_out"))).isEqualTo(Long.toString(bytes));
        assertThat(ResidencyHtml.of(report)).contains("title=\"" + Wording.count(bytes) + " bytes\"");
    }

    @Test
    void findingsAndFirstContactsOfThePeriodAreListed() {
        assertThat(report.findings())
                .extracting(Report.FindingRow::severity)
                .containsExactly("high", "medium", "medium");
        assertThat(report.newEndpoints()).hasSize(Fixture.TARGETS.size());
        assertThat(report.newEndpoints().getLast().endpoint()).isEqualTo("fw.yealink.com");
    }

    @Test
    void everyEditionIsListedWithTheFlowsThatItWasUsedFor() {
        long before = Fixture.sum(rollup -> Fixture.snapshot(rollup.start()).equals("before"), Rollup::flows);
        long all = Fixture.sum(any -> true, Rollup::flows);

        assertThat(report.snapshots()).isEqualTo(Map.of("before", before, "after", all - before));
        assertThat(report.dataSets())
                .containsExactly(
                        dataSet("catalogue", "7", "2026-11-02", before),
                        dataSet("catalogue", "8", "2026-11-18", all - before),
                        dataSet("dbip", "2026-10", "2026-10-01 (52 days old, more than the 45 it may be)", all));
    }

    @Test
    void dataOfWhichNothingIsOnRecordIsALimit() {
        Report without = new ResidencyReport(
                        (indices, body) -> client.search(indices.replace("observatory-snapshots", "none"), body),
                        InstantSource.fixed(Fixture.END))
                .build(request(Fixture.START, Fixture.END, null));

        assertThat(without.dataSets()).isEmpty();
        assertThat(without.scope().limits())
                .anyMatch(limit -> limit.endsWith("flows were attributed with data that is not on record (before)."));
    }

    private static Report.DataSet dataSet(String id, String edition, String date, long flows) {
        return new Report.DataSet(id + " (npm " + id + ")", edition, date, "CC BY 4.0", flows);
    }

    @Test
    void aPeriodWithoutDataSaysSo() {
        Report empty =
                build(Fixture.END.plus(Duration.ofDays(1)), Fixture.END.plus(Duration.ofDays(2)), null, Fixture.END);

        assertThat(empty.total().flows()).isZero();
        assertThat(empty.scope().limits()).anyMatch(limit -> limit.contains("No sensor kept a ledger"));
        assertThat(ResidencyHtml.of(empty)).contains("No traffic was recorded in this period");
    }

    private static Report build(Instant from, Instant to, @Nullable String site, Instant now) {
        return new ResidencyReport(client::search, InstantSource.fixed(now)).build(request(from, to, site));
    }

    private static ReportRequest request(Instant from, Instant to, @Nullable String site) {
        return new ReportRequest(from, to, ZoneOffset.UTC, site, "Beispiel GmbH", "1.0", List.of());
    }

    private static PlaceRow place(String state, @Nullable String country) {
        return report.places().stream()
                .filter(row -> row.state().equals(state) && Objects.equals(row.country(), country))
                .findFirst()
                .orElseThrow();
    }

    private static Report.Sensor sensor(String name) {
        return report.scope().sensors().stream()
                .filter(sensor -> sensor.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Report.Traffic sum(List<Report.Traffic> rows) {
        return rows.stream().reduce(new Report.Traffic(0, 0, 0), Report.Traffic::plus);
    }
}
