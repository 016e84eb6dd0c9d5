package observatory.dashboards.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import observatory.geo.party.Service.Purpose;
import observatory.jobs.finding.policy.Destinations;
import observatory.jobs.finding.policy.Policy;
import observatory.jobs.finding.policy.Rule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PolicyReaderTest {
    @TempDir
    private Path folder;

    @Test
    void theExampleIsRight() {
        Path example = Path.of(System.getProperty("observatory.home"), "docker/policy.yaml");

        assertThat(PolicyReader.read(example).rules())
                .extracting(Rule::id)
                .containsExactly("management-in-europe", "executives-not-under-foreign-law");
    }

    @Test
    void aRuleIsReadWhole() throws IOException {
        Rule rule = read("from: 2026-01-01, devices: { sites: [bern] }, about: { purposes: [time] },"
                        + " allow: { countries: [CH], services: [Yealink/RPS] }")
                .rules()
                .getFirst();

        assertThat(rule.mode()).isEqualTo(Rule.Mode.ALLOW);
        assertThat(rule.fromMillis()).isEqualTo(1_767_225_600_000L);
        assertThat(rule.untilMillis()).isEqualTo(Long.MAX_VALUE);
        assertThat(rule.devices().sites()).containsExactly("bern");
        assertThat(rule.destinations())
                .isEqualTo(new Destinations(List.of("CH"), List.of(), List.of(), List.of("yealink/rps"), List.of()));
    }

    @ParameterizedTest
    @EnumSource(value = Purpose.class, mode = EnumSource.Mode.EXCLUDE, names = "UNKNOWN")
    void everyPurposeCanBeNamed(Purpose purpose) throws IOException {
        assertThat(read("deny: { purposes: [" + purpose.label() + "] }").rules())
                .hasSize(1);
    }

    @Test
    void faultsAreToldWithTheirPlaceAndWhatWasMeant() {
        assertFault("dany: { countries: [CN] }", "policy.yaml:2:41: unknown key 'dany'; did you mean 'deny'?");
        assertFault("deny: { country: [CN] }", "unknown key 'country'");
        assertFault("deny: { countries: [China] }", "'China' cannot be 'countries'");
        assertFault("deny: { purposes: [firmwear] }", "did you mean 'firmware'?");
        assertFault("deny: { countries: [] }", "'countries' has to name at least one");
        assertFault("from: 2026-13-01, deny: { countries: [CN] }", "'2026-13-01' is no day");
        assertFault("deny: { countries: [CN] }, allow: { countries: [CH] }", "either 'allow' or 'deny'");
        assertFault("from: 2026-01-01", "either 'allow' or 'deny'");
        assertFault("deny: {}", "names nothing that is allowed or denied");
        assertFault("from: 2026-01-02, until: 2026-01-01, deny: { countries: [CN] }", "ends before it begins");
    }

    private void assertFault(String rest, String words) {
        assertThatThrownBy(() -> read(rest))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(words);
    }

    private Policy read(String rest) throws IOException {
        return PolicyReader.read(Files.writeString(
                folder.resolve("policy.yaml"), "rules:\n  - { id: one, owner: a, reason: known, " + rest + " }\n"));
    }
}
