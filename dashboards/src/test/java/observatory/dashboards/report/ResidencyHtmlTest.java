package observatory.dashboards.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ResidencyHtmlTest {
    private static final String HOSTILE = ResidencyHtml.of(Reports.hostile());
    private static final String EMPTY = ResidencyHtml.of(Reports.empty());

    @Test
    void namesFromTheWireAreTextAndNeverMarkup() {
        assertThat(HOSTILE)
                .doesNotContain("<script")
                .contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;.example");
    }

    @Test
    void everyEditionIsListedWithTheFlowsThatItWasUsedFor() {
        Report report = Reports.attributed(
                Map.of("aaaa", 7L, "bbbb", 5L),
                new Report.DataSet("dbip", "2026-11", "2026-11-01", "CC BY 4.0", 12_345),
                new Report.DataSet("ranges", "v2", "2026-11-20", "CC0", 5));

        assertThat(ResidencyHtml.of(report))
                .contains("The data changed within the period", "<code>aaaa</code> (7 flows)")
                .contains("2026-11-01", "12,345", "CC0");
        assertThat(ResidencyCsv.of(report))
                .contains("dbip")
                .contains("12345")
                .contains("2026-11; 2026-11-01; CC BY 4.0");
        assertThat(ResidencyHtml.of(Reports.attributed(Map.of("aaaa", 7L))))
                .contains("nothing is on record", "one state of the data: <code>aaaa</code> (7 flows)");
    }

    @Test
    void nothingIsLoadedFromElsewhere() {
        assertThat(HOSTILE).doesNotContainPattern("(?i)(src|href)\\s*=|url\\(|@import");
        assertThat(HOSTILE).contains("default-src 'none'");
    }

    @Test
    void charactersThatTurnTheDirectionOfWritingAreReplaced() {
        assertThat(Html.escape("moc\u202Eevil\u0007")).isEqualTo("moc\uFFFDevil\uFFFD");
    }

    @Test
    void simulatedDataIsAnnouncedAtTheTopAndOnlyThen() {
        assertThat(HOSTILE.indexOf("SIMULATED")).isBetween(0, HOSTILE.indexOf("<h1>"));
        assertThat(EMPTY).doesNotContain("SIMULATED");
    }

    @Test
    void withoutALedgerItSaysThatCoverageIsNotKnown() {
        assertThat(EMPTY)
                .contains("No sensor, exporter or resolver kept a ledger in this period.")
                .contains("<b>Not known</b>")
                .contains("That is no evidence that there was none");
    }

    @Test
    void aDisputedPlaceIsSaidToBeUndecided() {
        assertThat(HOSTILE).contains("Cannot be decided: ", " or Singapore (SG)");
    }

    @Test
    void timesAreInTheZoneOfTheReport() {
        assertThat(EMPTY)
                .contains("2026-11-09 01:00 to 2026-11-23 01:00 (end not included)")
                .contains("Europe/Berlin");
    }

    @Test
    void attributionsThatLicencesAskForAreThere() {
        assertThat(EMPTY).contains("DB-IP", "RouteViews", "Number Resource");
    }

    @Test
    void anInstrumentThatNobodyEnteredIsOpen() {
        assertThat(HOSTILE).contains("<span class=\"tag open\">open</span>");
    }
}
