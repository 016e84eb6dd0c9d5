package observatory.dashboards.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.StreamSupport;
import observatory.dashboards.search.Fixture;
import observatory.dashboards.search.Fixture.Rollup;
import observatory.dashboards.search.FixtureIndex;
import observatory.jobs.elastic.ElasticClient;
import observatory.jobs.elastic.RealElasticsearch;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The first page as a person meets it: a real browser, a real Elasticsearch, and a fortnight whose sums are known. */
@Tag("slow")
@SuppressWarnings("NullAway.Init")
class ConsolePageTest {
    private static JsonNode visit;

    @BeforeAll
    static void open() throws Exception {
        try (ElasticClient client = ElasticClient.to(RealElasticsearch.settings());
                FixtureIndex index = new FixtureIndex(client);
                ConsoleServer server = new ConsoleServer(
                                new ConsoleSettings("127.0.0.1", 0), client, InstantSource.fixed(Fixture.END))
                        .start()) {
            visit = BrowserVisit.to(server.address());
        }
    }

    @Test
    void thePageLoadsWithoutAnErrorAndAsksNoOtherHost() {
        assertThat(visit.path("errors")).isEmpty();
        assertThat(visit.path("foreign")).isEmpty();
    }

    @Test
    void simulatedDataIsMarked() {
        assertThat(visit.at("/wide/simulated").asText()).startsWith("SIMULATED DATA");
    }

    @Test
    void theFiguresAreThoseOfTheFixture() {
        assertThat(figure("/wide", "flows")).isEqualTo(Fixture.sum(any -> true, Rollup::flows));
        assertThat(figure("/wide", "bytes-out")).isEqualTo(Fixture.sum(any -> true, Rollup::bytesOut));
        assertThat(figure("/wide", "bytes-in")).isEqualTo(Fixture.sum(any -> true, Rollup::bytesIn));
        assertThat(figure("/wide", "devices")).isEqualTo(6);
        assertThat(figure("/wide", "countries")).isEqualTo(3);
        assertThat(visit.at("/wide/figures/named/text").asText()).endsWith(" %");
    }

    @Test
    void everyPanelCarriesItsCoverageAndTheSilentHoursAreNamed() {
        assertThat(texts("/wide/panelCoverage")).hasSize(6).containsOnly("coverage 99.6 %");
        assertThat(visit.at("/wide/coverageLine").asText())
                .contains("Coverage 99.6 %", "zeek-leipzig silent 2026-11-13 09:00–12:00 (3 h)");
        assertThat(visit.at("/wide/sensors/1/silent").asInt()).isEqualTo(1);
    }

    @Test
    void theMapShadesAgreedCountriesAndHatchesContestedOnes() {
        assertThat(texts("/wide/countries")).containsExactlyInAnyOrder("DE", "US", "IE", "CN", "HK", "SG");
        assertThat(texts("/wide/hatched")).containsExactlyInAnyOrder("CN", "HK", "SG");
        assertThat(texts("/wide/dots")).contains("SG", "HK");
        assertThat(visit.at("/wide/landShapes").asInt()).isGreaterThan(200);
    }

    @Test
    void whatIsNotOneCountryStandsByItself() {
        assertThat(visit.at("/wide/split").properties())
                .extracting(kind -> kind.getKey())
                .containsExactly("agreed", "disputed", "anycast", "unknown", "local");
        assertThat(StreamSupport.stream(visit.at("/wide/placeRows").spliterator(), false)
                        .map(row -> row.path(0).asText()))
                .startsWith("Germany", "United States", "Ireland")
                .contains("anycast: many places", "unknown: no evidence");
    }

    @Test
    void bothChartsAreDrawnWithALegendThatGivesAmounts() {
        assertThat(visit.at("/wide/chartShapes").asInt()).isGreaterThan(20);
        assertThat(visit.at("/wide/legends/bytes-by-place")).hasSize(7);
        assertThat(visit.at("/wide/legends/bytes-by-service/0/1").asText()).isEqualTo("Beispiel · RTP");
    }

    @Test
    void tablesListFindingsAndNewestEndpointsWithStateBesideEachPlace() {
        assertThat(visit.at("/wide/findings")).hasSize(3);
        assertThat(visit.at("/wide/findings/0/1").asText()).isEqualTo("new endpoint");
        assertThat(visit.at("/wide/endpoints")).hasSize(10);
        assertThat(texts("/wide/endpoints/0")).contains("fw.yealink.com", "Hong Kong or Singapore disputed");
    }

    @Test
    void thePageOfLedgersShowsWhoLosesDataFirst() {
        assertThat(visit.at("/ledgers/title").asText()).startsWith("Coverage");
        assertThat(visit.at("/ledgers/counts/losing").asInt()).isEqualTo(1);
        assertThat(visit.at("/ledgers/counts/receiving").asInt()).isEqualTo(1);
        JsonNode worst = visit.at("/ledgers/exporters/0");
        assertThat(worst.path("State").asText()).isEqualTo("loses data");
        assertThat(worst.path("Exporter").asText()).startsWith("zeek-leipzig");
        assertThat(worst.path("Lost").asText()).startsWith("3").contains("1 gap");
        assertThat(worst.path("No template").asText()).isEqualTo("2");
        assertThat(worst.path("Sampling").asText()).isEqualTo("1 in 100");
        assertThat(worst.path("Skew").asText()).startsWith("−");
        assertThat(visit.at("/narrowLedgers/overflow").asInt()).isZero();
        assertThat(visit.at("/ledgers/unlabelled").asInt()).isZero();
        assertThat(visit.path("fromLedgersTo").asText()).isEqualTo("/");
    }

    @Test
    void aFilterNarrowsEveryFigureAndLivesInTheAddress() {
        assertThat(visit.path("leipzigAddress").asText()).isEqualTo("?site=leipzig");
        assertThat(figure("/leipzig", "flows"))
                .isEqualTo(Fixture.sum(r -> r.phone().site().equals("leipzig"), Rollup::flows));
        assertThat(visit.at("/leipzig/sensors")).hasSize(1);
        assertThat(visit.path("back")).isEqualTo(visit.at("/wide/figures"));
    }

    @Test
    void aLinkShowsWhatItsSenderSaw() {
        assertThat(figure("/phone", "flows"))
                .isEqualTo(Fixture.sum(
                        r -> r.phone().id().equals("p-3f1c09aa")
                                && r.start().toString().startsWith("2026-11-13"),
                        Rollup::flows));
        assertThat(figure("/phone", "devices")).isEqualTo(1);
    }

    @Test
    void nothingSticksOutAtAnyWidth() {
        assertThat(List.of("/wide", "/phone", "/narrow"))
                .allSatisfy(
                        view -> assertThat(visit.at(view + "/overflow").asInt()).isZero());
    }

    @Test
    void aKeyboardReachesTheFiltersAndSeesWhereItIs() {
        assertThat(visit.at("/wide/unlabelled").asInt()).isZero();
        assertThat(visit.path("focus").get(0).path("ring").asBoolean()).isTrue();
        assertThat(visit.path("focus").findValuesAsText("what")).contains("INPUT[from]", "INPUT[to]");
    }

    @Test
    void theFooterNamesWhereTheDataComesFrom() {
        assertThat(visit.at("/wide/footer").asText()).contains("IP Geolocation by DB-IP", "Route Views", "NRO");
    }

    @Test
    void aTimeThatIsNoneIsSaid() {
        assertThat(visit.path("wrong").asText()).contains("'from' is 'yesterday'");
    }

    private static long figure(String view, String panel) {
        return visit.at(view + "/figures/" + panel + "/value").asLong();
    }

    private static List<String> texts(String pointer) {
        return StreamSupport.stream(visit.at(pointer).spliterator(), false)
                .map(text -> text.asText().replaceAll("\\s+", " "))
                .toList();
    }
}
