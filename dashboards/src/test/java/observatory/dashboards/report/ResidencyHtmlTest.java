package observatory.dashboards.report;

import static org.assertj.core.api.Assertions.assertThat;

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
    void dataOfTodayIsNotSaidToBeThatOfTheFlowsUnlessItIs() {
        String claim = "All flows were attributed with one state of this data: <code>aaaa</code> (7 flows)";
        String other = "and not, or not alone, what the flows were attributed with";

        assertThat(ResidencyHtml.of(Reports.attributed("aaaa", "aaaa")))
                .contains(claim)
                .doesNotContain(other);
        assertThat(ResidencyHtml.of(Reports.attributed("aaaa", "bbbb")))
                .contains(other, "today (<code>bbbb</code>)", "one other state of the data: <code>aaaa</code>")
                .doesNotContain(claim);
    }

    @Test
    void tablesForMachinesTellTheDataApartToo() {
        assertThat(ResidencyCsv.of(Reports.attributed("aaaa", "bbbb"))).contains("other data than listed");
        assertThat(ResidencyCsv.of(Reports.attributed("aaaa", "aaaa"))).contains("data sets listed");
        assertThat(ResidencyJson.of(Reports.attributed("aaaa", "bbbb"))).contains("\"data\" : \"bbbb\"");
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
