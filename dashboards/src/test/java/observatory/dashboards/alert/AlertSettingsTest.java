package observatory.dashboards.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.Map;
import observatory.dashboards.alert.AlertSettings.Severity;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AlertSettingsTest {
    private static final String ADDRESS = "https://hooks.chat.example" + FakeChat.SECRET;

    @TempDir
    Path folder;

    @Test
    void theAddressComesFromTheNamedFile() throws IOException {
        Path file = Files.writeString(folder.resolve("webhook"), "\n  " + ADDRESS + "  \n");

        assertThat(read(file, Map.of()).webhook()).isEqualTo(URI.create(ADDRESS));
    }

    @Test
    void theFileOfTheEnvironmentComesBeforeItsAddress() throws IOException {
        Path file = Files.writeString(folder.resolve("webhook"), ADDRESS);

        AlertSettings settings = read(
                null, Map.of(AlertSettings.FILE_VARIABLE, file.toString(), AlertSettings.URL_VARIABLE, "http://other"));

        assertThat(settings.webhook()).isEqualTo(URI.create(ADDRESS));
    }

    @Test
    void withoutAnAddressItSaysWhereItLooked() {
        assertThatThrownBy(() -> read(null, Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(AlertSettings.FILE_VARIABLE)
                .hasMessageContaining(AlertSettings.URL_VARIABLE);
    }

    @Test
    void anAddressThatIsNoneIsNotRepeatedInTheComplaint() {
        assertThatThrownBy(() -> read(null, Map.of(AlertSettings.URL_VARIABLE, "very secret but no address")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the address of the webhook is not an http or https address")
                .hasNoCause();
    }

    @Test
    void settingsDoNotShowTheSecretPartOfTheAddress() throws IOException {
        assertThat(read(null, Map.of(AlertSettings.URL_VARIABLE, ADDRESS)).toString())
                .contains("https://hooks.chat.example/...")
                .doesNotContain("verysecret");
    }

    private static AlertSettings read(@Nullable Path file, Map<String, String> environment) throws IOException {
        return AlertSettings.read("soc", file, environment, Severity.MEDIUM, null, ZoneOffset.UTC);
    }
}
