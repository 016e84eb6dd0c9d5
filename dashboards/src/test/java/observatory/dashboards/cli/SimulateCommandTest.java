package observatory.dashboards.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulateCommandTest {
    @TempDir
    private Path home;

    @Test
    void theLogsLieBesideTheirTruth() {
        CommandRun run = new CommandRun(home);

        assertThat(run.execute("simulate", "--devices", "2", "--days", "1", "--out", home + "/logs"))
                .isZero();

        assertThat(home.resolve("logs/truth.json")).content().contains("\"simulated\"");
    }

    @Test
    void aFolderWithOtherThingsInItIsLeftAlone() throws Exception {
        Files.writeString(home.resolve("letter.txt"), "Dear reader");
        CommandRun run = new CommandRun(home);

        assertThat(run.execute("simulate", "--out", home.toString())).isEqualTo(2);

        assertThat(run.err().lines()).hasSize(1).allMatch(line -> line.contains("not empty"));
        assertThat(home.resolve("letter.txt")).exists();
    }

    @Test
    void whatCannotBeSimulatedIsWrongUsage() {
        CommandRun run = new CommandRun(home);

        assertThat(run.execute("simulate", "--days", "0", "--out", home + "/logs"))
                .isEqualTo(2);

        assertThat(run.err()).isEqualTo("observatory: days must be 1..366, not 0" + System.lineSeparator());
    }

    @Test
    void aBenchmarkInputHoldsTheFlowsAskedForAndTheirAnswers() throws Exception {
        CommandRun run = new CommandRun(home);

        assertThat(run.execute("simulate", "--benchmark", "500", "--out", home + "/dense"))
                .isZero();

        assertThat(Files.readAllLines(home.resolve("dense/sim-benchmark/conn.log")))
                .hasSize(500);
        assertThat(Files.readAllLines(home.resolve("dense/sim-benchmark/dns.log")))
                .isNotEmpty();
    }
}
