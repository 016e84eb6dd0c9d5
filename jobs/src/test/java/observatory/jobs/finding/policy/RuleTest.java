package observatory.jobs.finding.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import observatory.geo.party.Party;
import observatory.geo.party.Service;
import observatory.geo.party.Service.Purpose;
import observatory.geo.place.Place;
import observatory.jobs.attribute.Device;
import observatory.jobs.finding.policy.Rule.Mode;
import observatory.jobs.rollup.Destination;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleTest {
    private static final Service RPS = new Service("Yealink", "RPS", Purpose.PROVISIONING, "Yealink", "A", "test");
    private static final Device PHONE = device("executives", "zurich", "96.86");

    @ParameterizedTest
    @CsvSource({
        "AGREED, CH, NO",
        "AGREED, US, YES",
        "DISPUTED, CH DE, NO",
        "DISPUTED, CH US, UNDECIDED",
        "DISPUTED, CN US, YES",
        "ANYCAST, '', UNDECIDED",
        "UNKNOWN, '', UNDECIDED",
        "LOCAL, '', NO",
    })
    void anAllowedPlaceIsBrokenOnlyByOneThatIsWhollyOutside(Place.State state, String countries, Answer broken) {
        Rule rule = allow(new Destinations(List.of("CH", "DE"), List.of(), List.of(), List.of(), List.of()));

        assertThat(rule.isBrokenBy(PHONE, to(state, countries, RPS, "CN", "US"), 0))
                .isEqualTo(broken);
    }

    @ParameterizedTest
    @CsvSource({
        "AGREED, CN, YES",
        "AGREED, CH, NO",
        "DISPUTED, CN US, UNDECIDED",
        "DISPUTED, CN RU, YES",
        "DISPUTED, CH US, NO",
        "ANYCAST, '', UNDECIDED",
    })
    void aDeniedPlaceIsBrokenOnlyByOneThatIsWhollyInside(Place.State state, String countries, Answer broken) {
        Rule rule = deny(new Destinations(List.of("CN", "RU"), List.of(), List.of(), List.of(), List.of()));

        assertThat(rule.isBrokenBy(PHONE, to(state, countries, RPS, "CN", "US"), 0))
                .isEqualTo(broken);
    }

    @ParameterizedTest
    @CsvSource({
        "CN, US, YES", // one denied law is enough
        "US, US, NO",
        "'', US, UNDECIDED", // whose law reaches an unknown operator?
        "'', CN, YES",
    })
    void aLawThatReachesOperatorOrHostCounts(String operator, String host, Answer denied) {
        Rule rule = deny(new Destinations(List.of(), List.of("CN"), List.of(), List.of(), List.of()));

        assertThat(rule.isBrokenBy(PHONE, to(Place.State.AGREED, "CH", RPS, operator, host), 0))
                .isEqualTo(denied);
    }

    @Test
    void allLawsHaveToBeAllowed() {
        Rule rule = allow(new Destinations(List.of(), List.of("US", "CH"), List.of(), List.of(), List.of()));

        assertThat(rule.isBrokenBy(PHONE, to(Place.State.AGREED, "CH", RPS, "CH", "US"), 0))
                .isEqualTo(Answer.NO);
        assertThat(rule.isBrokenBy(PHONE, to(Place.State.AGREED, "CH", RPS, "CN", "US"), 0))
                .isEqualTo(Answer.YES);
        assertThat(rule.isBrokenBy(PHONE, to(Place.State.AGREED, "CH", RPS, "", "US"), 0))
                .isEqualTo(Answer.UNDECIDED);
    }

    @Test
    void servicesAreNamedByVendorOrWhole() {
        Destination to = to(Place.State.AGREED, "CH", RPS, "CN", "US");

        assertThat(deny(services("yealink")).isBrokenBy(PHONE, to, 0)).isEqualTo(Answer.YES);
        assertThat(deny(services("Yealink/RPS")).isBrokenBy(PHONE, to, 0)).isEqualTo(Answer.YES);
        assertThat(deny(services("Yealink/YMCS")).isBrokenBy(PHONE, to, 0)).isEqualTo(Answer.NO);
        assertThat(allow(services("Poly"))
                        .isBrokenBy(PHONE, to(Place.State.AGREED, "CH", Service.UNKNOWN, "", "US"), 0))
                .isEqualTo(Answer.YES);
    }

    @Test
    void aRuleIsSilentOnOtherAffairsOtherDevicesAndOtherTimes() {
        Destinations chinese = new Destinations(List.of("CN"), List.of(), List.of(), List.of(), List.of());
        Destinations firmware = new Destinations(List.of(), List.of(), List.of(), List.of(), List.of("firmware"));
        Devices bern = new Devices(List.of(), List.of("bern"), List.of());
        Destination to = to(Place.State.AGREED, "CN", RPS, "CN", "US");

        assertThat(rule(100, 200, Devices.ALL, Destinations.ALL, chinese).isBrokenBy(PHONE, to, 100))
                .isEqualTo(Answer.YES);
        assertThat(rule(100, 200, Devices.ALL, Destinations.ALL, chinese).isBrokenBy(PHONE, to, 99))
                .isEqualTo(Answer.NO);
        assertThat(rule(100, 200, Devices.ALL, Destinations.ALL, chinese).isBrokenBy(PHONE, to, 200))
                .isEqualTo(Answer.NO);
        assertThat(rule(0, 200, Devices.ALL, firmware, chinese).isBrokenBy(PHONE, to, 100))
                .isEqualTo(Answer.NO);
        assertThat(rule(0, 200, bern, Destinations.ALL, chinese).isBrokenBy(PHONE, to, 100))
                .isEqualTo(Answer.NO);
    }

    @Test
    void cohortsAreNamedByTheirFirstWords() {
        assertThat(cohorts("Yealink T54W").include(PHONE)).isTrue();
        assertThat(cohorts("yealink t54w 96.86").include(PHONE)).isTrue();
        assertThat(cohorts("Yealink T54").include(PHONE)).isFalse();
    }

    @Test
    void aRuleThatSaysNothingOrNeverHoldsIsRefused() {
        assertThatThrownBy(() -> allow(Destinations.ALL)).hasMessageContaining("names nothing");
        assertThatThrownBy(() -> rule(2, 1, Devices.ALL, Destinations.ALL, services("Poly")))
                .hasMessageContaining("ends before it begins");
    }

    private static Devices cohorts(String cohort) {
        return new Devices(List.of(), List.of(), List.of(cohort));
    }

    private static Destinations services(String service) {
        return new Destinations(List.of(), List.of(), List.of(), List.of(service), List.of());
    }

    private static Rule allow(Destinations destinations) {
        return new Rule("r", "o", "why", 0, 10, Devices.ALL, Destinations.ALL, Mode.ALLOW, destinations);
    }

    private static Rule deny(Destinations destinations) {
        return rule(0, 10, Devices.ALL, Destinations.ALL, destinations);
    }

    private static Rule rule(long from, long until, Devices devices, Destinations about, Destinations denied) {
        return new Rule("r", "o", "why", from, until, devices, about, Mode.DENY, denied);
    }

    private static Device device(String group, String site, String firmware) {
        return new Device("k", site, "10.0.0.9", null, null, "Yealink", "T54W", firmware, group, null, 0);
    }

    private static Destination to(Place.State state, String countries, Service service, String operator, String host) {
        return new Destination(
                "x.com",
                "x.com",
                service,
                Party.of(Party.Role.THIRD),
                1,
                "Example",
                "",
                null,
                state,
                words(countries),
                Place.Step.TWO_DATABASES,
                words(operator),
                words(host),
                "digest");
    }

    private static List<String> words(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split(" "));
    }
}
