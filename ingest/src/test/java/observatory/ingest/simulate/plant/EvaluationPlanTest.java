package observatory.ingest.simulate.plant;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import observatory.ingest.simulate.fleet.Days;
import observatory.ingest.simulate.fleet.Fleet;
import observatory.ingest.simulate.fleet.Phone;
import observatory.ingest.simulate.fleet.Plant;
import observatory.ingest.simulate.fleet.Version;
import org.junit.jupiter.api.Test;

class EvaluationPlanTest {
    private static final Days AUTUMN = new Days(LocalDate.of(2026, 10, 19), 14);

    @Test
    void everyKindOfFindingIsPlanted() {
        assertThat(EvaluationPlan.of(200, AUTUMN, 1).fleet().plants().stream()
                        .map(Plant::kind)
                        .distinct())
                .containsExactlyInAnyOrder(
                        "new-endpoint",
                        "dormant-endpoint",
                        "new-cloud",
                        "new-country",
                        "new-operator",
                        "cohort-outlier",
                        "new-beacon",
                        "beacon-changed",
                        "residency-violation",
                        "no-dns-destination",
                        "foreign-resolver",
                        "hidden-dns",
                        "upload-anomaly",
                        "lan-probe",
                        "new-inbound-service",
                        "cleartext-management",
                        "silent-device",
                        "sensor-silent",
                        "coverage-gap");
    }

    @Test
    void everyLookAlikeIsPlanted() {
        assertThat(EvaluationPlan.of(60, AUTUMN, 1).fleet().lookAlikes().stream()
                        .map(Plant::kind))
                .containsExactlyInAnyOrder(
                        "cdn-rotation",
                        "mass-update",
                        "clock-change",
                        "holiday",
                        "resolver-outage",
                        "ntp-pool-rotation",
                        "reused-address",
                        "long-session");
    }

    @Test
    void theSeedDecidesWhoAndWhen() {
        List<Plant> first = EvaluationPlan.of(60, AUTUMN, 1).fleet().plants();
        assertThat(EvaluationPlan.of(60, AUTUMN, 1).fleet().plants()).isEqualTo(first);
        assertThat(EvaluationPlan.of(60, AUTUMN, 2).fleet().plants()).isNotEqualTo(first);
    }

    @Test
    void aLargeFleetHasFiveOfEachKindThatHasRoom() {
        Fleet fleet = EvaluationPlan.of(1_000, AUTUMN, 3).fleet();
        assertThat(fleet.plants().stream().filter(plant -> plant.kind().equals("lan-probe")))
                .hasSize(5);
        assertThat(fleet.sites()).hasSize(4);
    }

    @Test
    void noPhoneHasTwoPlants() {
        Fleet fleet = EvaluationPlan.of(1_000, AUTUMN, 3).fleet();
        Stream<Plant> single = Stream.concat(
                fleet.plants().stream(),
                fleet.lookAlikes().stream().filter(plant -> !plant.kind().equals("mass-update")));
        assertThat(single.flatMap(plant -> plant.devices().stream())).doesNotHaveDuplicates();
    }

    @Test
    void noAddressIsGivenToTwoPhonesAtATime() {
        for (int seed = 1; seed <= 20; seed++) {
            Fleet fleet = EvaluationPlan.of(1_000, AUTUMN, seed).fleet();
            Stream<String> latest = fleet.phones().stream()
                    .map(phone -> phone.addresses().getLast().value());
            assertThat(latest).doesNotHaveDuplicates();
        }
    }

    @Test
    void fiveThousandPhonesHaveMacsAndAddressesOfTheirOwn() {
        List<Phone> phones =
                MassUpdatePlan.of(5_000, new Days(AUTUMN.first(), 5), 1).fleet().phones();
        assertThat(phones.stream().map(Phone::mac)).doesNotHaveDuplicates();
        assertThat(phones.stream().flatMap(phone -> phone.addresses().stream().map(Version::value)))
                .doesNotHaveDuplicates()
                .allMatch(address -> address.matches("10\\.2[1-8]\\.3[2-5]\\.\\d+"));
    }
}
