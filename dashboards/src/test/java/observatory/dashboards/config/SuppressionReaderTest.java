package observatory.dashboards.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import observatory.jobs.finding.Finding;
import observatory.jobs.finding.Suppression;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SuppressionReaderTest {
    @TempDir
    private Path folder;

    @Test
    void theExampleIsRight() {
        Path example = Path.of(System.getProperty("observatory.home"), "docker/suppressions.yaml");

        assertThat(SuppressionReader.read(example).list()).hasSize(1);
    }

    @Test
    void aSuppressionHoldsUntilTheFirstMomentOfItsDay() throws IOException {
        Suppression one = SuppressionReader.read(file("endpoint: example.com, expires: 2027-03-31"))
                .list()
                .getFirst();

        assertThat(one.expiresMillis()).isEqualTo(1_806_451_200_000L);
        assertThat(one.endpoint()).isEqualTo("example.com");
        assertThat(one.kind()).isNull();
    }

    @ParameterizedTest
    @EnumSource(Finding.Kind.class)
    void everyKindOfFindingCanBeSuppressed(Finding.Kind kind) throws IOException {
        Path file = file("expires: 2027-03-31, kind: " + kind.label());

        assertThat(SuppressionReader.read(file).list().getFirst().kind()).isEqualTo(kind.label());
    }

    @Test
    void faultsAreToldWithTheirPlaceAndWhatWasMeant() throws IOException {
        assertFault("expires: 2027-03-31, endpont: x.com", ":2:68: unknown key 'endpont'; did you mean 'endpoint'?");
        assertFault("expires: 2027-03-31, kind: new-endpont", "did you mean 'new-endpoint'?");
        assertFault("expires: 2027-02-30, kind: lan-probe", "'2027-02-30' is no day; wanted one such as 2027-03-31");
        assertFault("kind: lan-probe", "lacks 'expires'");
        assertFault("expires: 2027-03-31", "would hold back every finding");
    }

    private void assertFault(String rest, String words) throws IOException {
        Path file = file(rest);
        assertThatThrownBy(() -> SuppressionReader.read(file))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(words);
    }

    private Path file(String rest) throws IOException {
        return Files.writeString(
                folder.resolve("suppressions.yaml"),
                "suppressions:\n  - { id: one, owner: a.meier, reason: known, " + rest + " }\n");
    }
}
