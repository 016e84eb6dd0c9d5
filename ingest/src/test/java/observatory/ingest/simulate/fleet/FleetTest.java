package observatory.ingest.simulate.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class FleetTest {
    private static final Days DAYS = new Days(LocalDate.of(2026, 11, 2), 14);

    @Test
    void theFirstTwoPhonesAreTheOnesOf2021() {
        Fleet fleet = Fleet.plan(60, DAYS, 1, true);
        assertThat(fleet.phones().subList(0, 2))
                .extracting(phone -> phone.model().model() + " " + phone.managed())
                .containsExactly("T54W true", "T54W false");
    }

    @Test
    void modelsAreMixedByWeight() {
        Map<String, Long> models = Fleet.plan(60, DAYS, 1, true).phones().stream()
                .collect(Collectors.groupingBy(phone -> phone.model().model(), Collectors.counting()));
        assertThat(models)
                .containsEntry("T46U", 12L)
                .containsEntry("GRP2614", 8L)
                .hasSize(9);
    }

    @Test
    void noTwoPhonesShareAMacOrAnAddress() {
        Fleet fleet = Fleet.plan(1_000, DAYS, 7, true);
        assertThat(fleet.phones().stream().map(Phone::mac)).doesNotHaveDuplicates();
        assertThat(fleet.phones().stream()
                        .flatMap(phone -> phone.addresses().stream().map(Version::value)))
                .doesNotHaveDuplicates()
                .allMatch(address -> address.matches("10\\.2[12]\\.3[2-5]\\.\\d+"));
    }

    @Test
    void anyNumberOfPhonesMakesAFleet() {
        for (int devices : new int[] {1, 2, 3, 10, 59, 61, 200}) {
            assertThat(Fleet.plan(devices, DAYS, 1, true).phones()).hasSize(devices);
        }
    }

    @Test
    void aShortSimulationHasOnlyWhatHappensInIt() {
        assertThat(Fleet.plan(60, new Days(DAYS.first(), 3), 1, true).plants())
                .extracting(Plant::kind)
                .containsExactly("foreign-resolver", "cleartext-management", "cleartext-management");
    }
}
