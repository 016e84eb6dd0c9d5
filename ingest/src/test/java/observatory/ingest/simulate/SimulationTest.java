package observatory.ingest.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import observatory.ingest.decode.Format;
import observatory.ingest.observation.Observation;
import observatory.ingest.simulate.zeek.Rotation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulationTest {
    private static final SimulationSettings SMALL =
            SimulationSettings.demo().withDevices(12).withDays(2);

    @TempDir
    Path folder;

    @Test
    void sameSettingsGiveTheSameBytes() throws Exception {
        Simulation.run(SMALL, folder.resolve("one"));
        Simulation.run(SMALL, folder.resolve("two"));
        assertThat(contents(folder.resolve("two"))).isEqualTo(contents(folder.resolve("one")));
    }

    @Test
    void anotherSeedGivesOtherLogs() throws IOException {
        Simulation.run(SMALL, folder.resolve("one"));
        Simulation.run(SMALL.withSeed(2), folder.resolve("two"));
        assertThat(Files.mismatch(folder.resolve("one/sim-zurich/conn.log"), folder.resolve("two/sim-zurich/conn.log")))
                .isNotNegative();
    }

    @Test
    void tabSeparatedLogsSayTheSameAsJson() throws IOException {
        Simulation.run(SMALL, folder.resolve("json"));
        Simulation.run(SMALL.withFormat(Format.ZEEK_TSV), folder.resolve("tsv"));
        List<Observation> tsv = Readout.of(folder.resolve("tsv")).all();
        assertThat(tsv.equals(Readout.of(folder.resolve("json")).all())).isTrue();
        assertThat(folder.resolve("tsv/sim-zurich/conn.log")).content().contains("\n#simulated\t");
    }

    @Test
    void rotatedAndCompressedLogsSayTheSameAsPlainOnes() throws IOException {
        Simulation.run(SMALL, folder.resolve("plain"));
        Simulation.run(SMALL.withFormat(Format.ZEEK_TSV).withFiles(Rotation.HOURLY, true), folder.resolve("rotated"));
        Readout rotated = Readout.of(folder.resolve("rotated"));
        assertThat(rotated.rejections()).isEmpty();
        assertThat(rotated.archive().files().size()).isGreaterThan(250);
        assertThat(rotated.all())
                .containsExactlyInAnyOrderElementsOf(
                        Readout.of(folder.resolve("plain")).all());
    }

    @Test
    void inACalmScenarioNothingIsPlanted() throws IOException {
        Simulation.run(SMALL.withScenario(Scenario.CALM), folder);
        assertThat(folder.resolve("truth.json")).content().contains("\"planted\" : [ ]");
        assertThat(Readout.of(folder).dns())
                .allMatch(question -> String.valueOf(question.resolver()).startsWith("10."));
    }

    @Test
    void intensityMultipliesTheErrands() throws IOException {
        Simulation.run(SMALL, folder.resolve("usual"));
        Simulation.run(SMALL.withIntensity(4), folder.resolve("busy"));
        int usual = Readout.of(folder.resolve("usual")).tls().size();
        assertThat(Readout.of(folder.resolve("busy")).tls()).hasSizeGreaterThan(2 * usual);
    }

    @Test
    void anEarlierSimulationIsReplaced() throws IOException {
        Simulation.run(SMALL.withFiles(Rotation.DAILY, false), folder);
        Simulation.run(SMALL, folder);
        try (Stream<Path> files = Files.list(folder.resolve("sim-zurich"))) {
            assertThat(files).allMatch(Files::isRegularFile).hasSize(4);
        }
    }

    @Test
    void aFolderWithOtherThingsInItIsLeftAlone() throws IOException {
        Files.writeString(folder.resolve("thesis.txt"), "years of work");
        assertThatThrownBy(() -> Simulation.run(SMALL, folder))
                .isInstanceOf(FileAlreadyExistsException.class)
                .hasMessageContaining("not an earlier simulation");
    }

    @Test
    void settingsOutOfRangeAreRefused() {
        assertThatThrownBy(() -> SMALL.withDevices(0)).hasMessage("devices must be 1..1000, not 0");
        assertThatThrownBy(() -> SMALL.withFormat(Format.SURICATA_EVE)).hasMessageContaining("not suricata_eve");
    }

    /** Digest by file name. */
    private static Map<String, String> contents(Path folder) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                contents.put(
                        folder.relativize(file).toString(),
                        HexFormat.of().formatHex(digest.digest(Files.readAllBytes(file))));
            }
        }
        return contents;
    }
}
