package observatory.dashboards.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportCommandTest {
    @TempDir
    private Path home;

    private CommandRun run;

    @BeforeEach
    void prepare() {
        run = new CommandRun(home);
    }

    @Test
    void whereNothingIsStoredThatIsSaid() {
        assertThat(run.execute("report", "residency", "--out", home.toString())).isEqualTo(1);

        assertThat(run.err().lines()).hasSize(1).allMatch(line -> line.contains("nothing is stored here yet"));
    }

    @Test
    void whatIsNoDayIsWrongUsage() {
        assertThat(run.execute("report", "residency", "--from", "yesterday")).isEqualTo(2);

        assertThat(run.err().lines()).hasSize(1).allMatch(line -> line.contains("'yesterday' is no day"));
    }

    @Test
    void anElasticsearchThatDoesNotAnswerIsOneLine() {
        assertThat(run.execute(
                        "report", "residency", "--out", home.toString(), "--elasticsearch", "http://127.0.0.1:1"))
                .isEqualTo(1);

        assertThat(run.err().lines()).hasSize(1).allMatch(line -> line.contains("127.0.0.1:1"));
    }

    @Test
    void anAddressThatIsNoneIsWrongUsage() {
        assertThat(run.execute("report", "residency", "--out", home.toString(), "--elasticsearch", "localhost"))
                .isEqualTo(2);

        assertThat(run.err().lines()).hasSize(1).allMatch(line -> line.contains("localhost"));
    }
}
