package observatory.dashboards.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import observatory.dashboards.panel.Panel;
import observatory.dashboards.panel.Panels;
import observatory.dashboards.search.Fixture.Rollup;
import observatory.jobs.elastic.ElasticClient;
import observatory.jobs.elastic.ElasticException;
import observatory.jobs.elastic.ElasticSettings;
import observatory.jobs.elastic.RealElasticsearch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Every figure against a real Elasticsearch, compared with the same figure summed without one. */
@Tag("slow")
@SuppressWarnings("NullAway.Init")
class ArchiveTest {
    private static final Filter LEIPZIG = new Filter(null, null, "leipzig", null);
    private static final Filter PHONE = new Filter(null, null, null, "p-3f1c09aa");
    private static final Range ALL = new Range(Fixture.START, Fixture.END);
    private static final Range OUTAGE_DAY =
            new Range(Fixture.SILENT_FROM.minus(Duration.ofHours(9)), Fixture.SILENT_TO.plus(Duration.ofHours(12)));

    private static ElasticClient client;
    private static FixtureIndex index;
    private static Archive archive;

    @BeforeAll
    static void load() {
        client = ElasticClient.to(RealElasticsearch.settings());
        index = new FixtureIndex(client);
        archive = new Archive(client::search, InstantSource.fixed(Fixture.END));
    }

    @AfterAll
    static void clear() {
        index.close();
        client.close();
    }

    @Test
    void bytesAndFlowsAreThoseOfTheFixture() {
        assertThat(total(Panels.BYTES_OUT_SUM, Filter.NONE)).isEqualTo(Fixture.sum(any -> true, Rollup::bytesOut));
        assertThat(total(Panels.BYTES_IN_SUM, Filter.NONE)).isEqualTo(Fixture.sum(any -> true, Rollup::bytesIn));
        assertThat(total(Panels.FLOW_COUNT, Filter.NONE)).isEqualTo(Fixture.sum(any -> true, Rollup::flows));
    }

    @Test
    void devicesEndpointsAndCountriesAreCountedOnce() {
        assertThat(total(Panels.DEVICE_COUNT, Filter.NONE)).isEqualTo(6);
        assertThat(total(Panels.ENDPOINT_COUNT, Filter.NONE)).isEqualTo(10);
        assertThat(total(Panels.COUNTRY_COUNT, Filter.NONE)).isEqualTo(3);
    }

    @Test
    void siteAndDeviceNarrowTheFigures() {
        assertThat(total(Panels.BYTES_OUT_SUM, LEIPZIG))
                .isEqualTo(Fixture.sum(r -> r.phone().site().equals("leipzig"), Rollup::bytesOut));
        assertThat(total(Panels.FLOW_COUNT, PHONE))
                .isEqualTo(Fixture.sum(r -> r.phone().id().equals("p-3f1c09aa"), Rollup::flows));
        assertThat(total(Panels.DEVICE_COUNT, PHONE)).isEqualTo(1);
    }

    @Test
    void theNamedShareCountsOnlyTheDevicesOwnEvidence() {
        double named = Fixture.sum(r -> r.target().ownName(), Rollup::flows);

        assertThat(total(Panels.NAMED_SHARE, Filter.NONE))
                .isCloseTo(named / Fixture.sum(any -> true, Rollup::flows), within(1e-9));
    }

    @Test
    void threeSilentHoursOfOneOfTwoSensorsLowerTheCoverageOfEveryAnswer() {
        double expected = 1 - 180.0 / (2 * 14 * 1440);

        assertThat(total(Panels.COVERAGE_SHARE, Filter.NONE)).isCloseTo(expected, within(1e-9));
        assertThat(archive.answer(Panels.BYTES_OUT_SUM, Filter.NONE, ALL)
                        .coverage()
                        .share())
                .isCloseTo(expected, within(1e-9));
        assertThat(archive.coverage(LEIPZIG, OUTAGE_DAY).share()).isCloseTo(1 - 180.0 / 1440, within(1e-9));
    }

    @Test
    void theSilenceIsNamedWithSensorAndExactInterval() {
        for (Range range : List.of(ALL, OUTAGE_DAY)) {
            Map<String, List<SensorLedger.Gap>> gaps = archive.sensors(Filter.NONE, range).stream()
                    .collect(Collectors.toMap(SensorLedger::name, SensorLedger::gaps));

            assertThat(gaps)
                    .containsEntry("zeek-berlin", List.of())
                    .containsEntry(
                            "zeek-leipzig", List.of(new SensorLedger.Gap(Fixture.SILENT_FROM, Fixture.SILENT_TO)));
        }
    }

    @Test
    void theLedgerOfASensorIsSummed() {
        SensorLedger berlin = archive.sensors(Filter.NONE, ALL).getFirst();

        assertThat(berlin.coverage()).isEqualTo(new Coverage(14 * 1440, 0, Fixture.START, Fixture.END));
        assertThat(List.of(berlin.records(), berlin.stored(), berlin.rejected(), berlin.lost()))
                .containsExactly(4L * 14 * 1440, 3L * 14 * 1440, 2L, 0L);
    }

    @Test
    void everyByteIsInExactlyOneKindOfPlace() {
        Result.Figures places = figures(Panels.PLACES, Filter.NONE);

        assertThat(places.groups())
                .extracting(Result.Group::name, Result.Group::kind)
                .containsExactly(
                        tuple("DE", "agreed"),
                        tuple("US", "agreed"),
                        tuple("IE", "agreed"),
                        tuple("disputed", "disputed"),
                        tuple("anycast", "anycast"),
                        tuple("unknown", "unknown"),
                        tuple("local", "local"));
        assertThat(places.groups().stream().mapToDouble(ArchiveTest::bytesOut).sum())
                .isEqualTo(Fixture.sum(any -> true, Rollup::bytesOut));
    }

    @Test
    void aContestedCountryNamesTheOthersAndIsNoPartOfTheTotal() {
        List<Result.Contested> contested = figures(Panels.PLACES, Filter.NONE).contested();
        double toChina = Fixture.sum(r -> r.target().countries().contains("CN"), Rollup::bytesOut);

        assertThat(contested)
                .extracting(Result.Contested::country, Result.Contested::with)
                .containsExactlyInAnyOrder(
                        tuple("CN", List.of("SG")), tuple("HK", List.of("SG")), tuple("SG", List.of("CN", "HK")));
        assertThat(contested).anySatisfy(country -> assertThat(country.values()).containsEntry("bytes_out", toChina));
    }

    @Test
    void aSeriesAddsUpToItsGroupAndZeroesTheHoursWithoutTraffic() {
        Result.Figures byPlace = figures(Panels.BYTES_BY_PLACE, Filter.NONE);

        assertThat(byPlace.step()).isEqualTo(Duration.ofHours(1));
        assertThat(byPlace.times()).hasSize(14 * 24).startsWith(Fixture.START);
        assertThat(byPlace.groups())
                .allSatisfy(group -> assertThat(group.series().stream()
                                .mapToDouble(value -> value)
                                .sum())
                        .isEqualTo(bytesOut(group)));
    }

    @Test
    void servicesAreNamedByVendorAndTheRestIsNotHidden() {
        Result.Figures services = figures(Panels.BYTES_BY_SERVICE, Filter.NONE);

        assertThat(services.groups())
                .extracting(Result.Group::name)
                .startsWith("Beispiel · RTP")
                .contains("Yealink · RPS", "Cloudflare · NTP")
                .endsWith("not in the catalogue");
        assertThat(services.groups().stream()
                        .mapToDouble(group -> group.values().get("bytes"))
                        .sum())
                .isEqualTo(Fixture.sum(any -> true, r -> r.bytesOut() + r.bytesIn()));
    }

    @Test
    void endpointsAreListedNewestFirstInTheScopeOfTheFilter() {
        Result.Rows fleet = rows(Panels.NEWEST_ENDPOINTS, Filter.NONE);
        Result.Rows phone = rows(Panels.NEWEST_ENDPOINTS, PHONE);

        assertThat(fleet.total()).isEqualTo(10);
        assertThat(fleet.rows().getFirst())
                .containsEntry("observatory.endpoint", List.of("fw.yealink.com"))
                .containsEntry("observatory.devices", List.of(2))
                .containsEntry("observatory.place.countries", List.of("HK", "SG"));
        assertThat(phone.rows())
                .allSatisfy(row -> assertThat(row).containsEntry("observatory.scope.kind", List.of("device")));
        assertThat(phone.total()).isEqualTo(8);
    }

    @Test
    void findingsAreListedWorstFirstAndThoseThatOverlapTheRange() {
        Range sixHours = new Range(Fixture.SILENT_FROM.plusSeconds(60), Fixture.SILENT_FROM.plusSeconds(120));

        assertThat(rows(Panels.FINDINGS, Filter.NONE).rows())
                .extracting(row -> row.get("observatory.finding.kind"))
                .startsWith(List.of("new-endpoint"))
                .hasSize(3);
        assertThat(((Result.Rows) archive.answer(Panels.FINDINGS, Filter.NONE, sixHours)
                                .result())
                        .rows())
                .singleElement()
                .extracting(row -> row.get("observer.name"), row -> row.get("message"))
                .contains(List.of("zeek-leipzig delivered nothing for 3 h"));
    }

    @Test
    void theOverviewAnswersEveryPanelAndKnowsWhatThereIs() {
        Overview overview = archive.overview(Panels.OVERVIEW, Filter.NONE);

        assertThat(overview.answers())
                .extracting(Answer::panel)
                .isEqualTo(Panels.OVERVIEW.stream().map(Panel::id).toList());
        assertThat(overview.range()).isEqualTo(ALL);
        assertThat(overview.silentSince()).isNull();
        assertThat(overview.holdings().sites()).containsExactly("berlin", "leipzig");
        assertThat(overview.holdings().devices()).hasSize(6);
        assertThat(overview.holdings().simulated())
                .isEqualTo(overview.holdings().documents());
    }

    @Test
    void anHourWithoutDataIsSaid() {
        Archive later = new Archive(client::search, InstantSource.fixed(Fixture.END.plus(Duration.ofHours(5))));
        Filter untilNow = new Filter(Fixture.START, Fixture.END.plus(Duration.ofHours(5)), null, null);

        assertThat(later.overview(Panels.OVERVIEW, untilNow).silentSince()).isEqualTo(Fixture.END);
    }

    @Test
    void nothingToCoverMeansNoCoverageRatherThanAllOfIt() {
        Range before = new Range(Fixture.START.minus(Duration.ofDays(3)), Fixture.START.minus(Duration.ofDays(2)));

        assertThat(archive.coverage(Filter.NONE, before)).isEqualTo(Coverage.UNKNOWN);
        assertThat(Coverage.UNKNOWN.share()).isNull();
    }

    @Test
    void noElasticsearchIsSaidInOneLine() {
        try (ElasticClient nowhere = ElasticClient.to(ElasticSettings.at("http://127.0.0.1:1"))) {
            Archive empty = new Archive(nowhere::search, InstantSource.fixed(Fixture.END));

            assertThatThrownBy(() -> empty.overview(Panels.OVERVIEW, Filter.NONE))
                    .isInstanceOf(ElasticException.class)
                    .hasMessageContaining("127.0.0.1:1");
        }
    }

    private static double total(Panel panel, Filter filter) {
        return figures(panel, filter).totals().values().iterator().next();
    }

    private static Result.Figures figures(Panel panel, Filter filter) {
        return (Result.Figures) archive.answer(panel, filter, ALL).result();
    }

    private static Result.Rows rows(Panel panel, Filter filter) {
        return (Result.Rows) archive.answer(panel, filter, ALL).result();
    }

    private static double bytesOut(Result.Group group) {
        return group.values().getOrDefault("bytes_out", 0.0);
    }
}
