package observatory.geo.update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CredentialsTest {
    private static final String KEY = "abcdef_0123456789";

    @TempDir
    private Path folder;

    @Test
    void maxMindsOwnConfigurationFileIsRead() throws Exception {
        Path file = file("# comment\nAccountID 42\nLicenseKey " + KEY + "\nEditionIDs GeoLite2-City\n", "rw-------");

        assertThat(Credentials.ofFile(file)).isEqualTo(new Credentials("42", KEY));
    }

    @Test
    void aFileThatOthersMayReadIsRefused() throws Exception {
        Path file = file("AccountID 42\nLicenseKey " + KEY + "\n", "rw-r-----");

        assertThatThrownBy(() -> Credentials.ofFile(file))
                .hasMessage("others than its owner may use " + file + ", which holds a key; run: chmod 600 " + file);
    }

    @Test
    void noTextShowsTheKey() throws Exception {
        assertThat(new Credentials("42", KEY)).hasToString("account 42");
        assertThatThrownBy(() -> new Credentials("42", KEY + "!")).hasMessageNotContaining(KEY);
        assertThatThrownBy(() -> new Credentials(KEY, KEY)).hasMessageNotContaining(KEY);
        Path file = file("LicenseKey " + KEY + "\n", "rw-------");
        assertThatThrownBy(() -> Credentials.ofFile(file))
                .hasMessageContaining("lacks a line 'AccountID")
                .hasMessageNotContaining(KEY);
    }

    private Path file(String text, String mode) throws Exception {
        Path file = Files.writeString(folder.resolve("GeoIP.conf"), text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }
}
