package observatory.dashboards.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import observatory.dashboards.report.Report.PlaceShare;
import observatory.dashboards.report.Report.Traffic;
import observatory.dashboards.report.Report.Transfer;
import org.junit.jupiter.api.Test;

class TransfersTest {
    @Test
    void aRecipientInTheEconomicAreaUnderItsOwnLawIsNotListed() {
        assertThat(Transfers.of(List.of(recipient(place("agreed", "DE"), List.of("DE"))), List.of()))
                .isEmpty();
    }

    @Test
    void aRecipientInFrankfurtUnderChineseLawIsListedForChina() {
        List<Transfer> transfers = Transfers.of(List.of(recipient(place("agreed", "DE"), List.of("CN"))), List.of());

        assertThat(transfers).singleElement().satisfies(transfer -> {
            assertThat(transfer.country()).isEqualTo("CN");
            assertThat(transfer.grounds()).containsExactly("its law reaches the operator");
            assertThat(transfer.bytesOut()).isEqualTo(1_000);
            assertThat(transfer.instrument()).isEqualTo("open");
        });
    }

    @Test
    void bytesAreCountedOnceHoweverManyGroundsThereAre() {
        List<Transfer> transfers = Transfers.of(List.of(recipient(place("agreed", "US"), List.of("US"))), List.of());

        assertThat(transfers).singleElement().satisfies(transfer -> {
            assertThat(transfer.grounds()).containsExactly("answers there", "its law reaches the operator");
            assertThat(transfer.bytesOut()).isEqualTo(1_000);
        });
    }

    @Test
    void aDisputedPlaceIsOneRowThatCannotBeDecided() {
        List<Transfer> transfers =
                Transfers.of(List.of(recipient(place("disputed", "DE", "SG"), List.of("DE"))), List.of());

        assertThat(transfers).singleElement().satisfies(transfer -> {
            assertThat(transfer.country()).isNull();
            assertThat(transfer.grounds()).containsExactly("place cannot be decided: DE or SG");
        });
    }

    @Test
    void aDisputeWithinTheEconomicAreaIsNoTransfer() {
        assertThat(Transfers.of(List.of(recipient(place("disputed", "DE", "IE"), List.of("DE"))), List.of()))
                .isEmpty();
    }

    @Test
    void anEnteredInstrumentIsShownForItsRecipientAndCountryOnly() {
        Instrument entered = new Instrument("Operator", "CN", "SCC", "DPA-7", "2026-02-01", "J. P.");

        List<Transfer> transfers =
                Transfers.of(List.of(recipient(place("agreed", "US"), List.of("CN"))), List.of(entered));

        assertThat(transfers).extracting(Transfer::instrument).containsExactly("SCC", "open");
        assertThat(transfers.getFirst().document()).isEqualTo("DPA-7");
    }

    @Test
    void theLocalNetworkIsNoRecipientAbroad() {
        assertThat(Transfers.of(List.of(recipient(place("local"), List.of())), List.of()))
                .isEmpty();
    }

    private static PlaceShare place(String state, String... countries) {
        return new PlaceShare(state, List.of(countries), new Traffic(1, 1_000, 0));
    }

    private static Report.Recipient recipient(PlaceShare place, List<String> operatorLaw) {
        return new Report.Recipient(
                "Operator",
                "Vendor",
                "Service",
                "management",
                List.of("vendor.example"),
                1,
                "Network",
                64500,
                "",
                List.of(place),
                operatorLaw,
                List.of(),
                new Traffic(1, 1_000, 0),
                1,
                Reports.FROM,
                Reports.TO);
    }
}
