package observatory.dashboards.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ObservatoryCommandTest {
    @TempDir
    private Path home;

    private CommandRun run;

    @BeforeEach
    void prepare() {
        run = new CommandRun(home);
    }

    @Test
    void everyCommandExplainsItself() {
        for (CommandLine command : run.commands()) {
            CommandRun help = new CommandRun(home);
            String[] words = (command.getCommandSpec().qualifiedName() + " --help").split(" ");

            assertThat(help.execute(java.util.Arrays.copyOfRange(words, 1, words.length)))
                    .isZero();
            assertThat(help.out()).startsWith("Usage: observatory");
            assertThat(help.err()).isEmpty();
        }
    }

    @Test
    void withoutACommandThereIsHelp() {
        assertThat(run.execute()).isZero();
        assertThat(run.out()).contains("doctor");
    }

    @Test
    void aMistypedCommandIsSuggested() {
        assertThat(run.execute("docter")).isEqualTo(2);
        assertThat(run.err()).contains("doctor").doesNotContain("\tat ");
    }

    @Test
    void aMistypedOptionPointsToTheHelp() {
        assertThat(run.execute("doctor", "--prot=1")).isEqualTo(2);
        assertThat(run.err()).contains("--port").doesNotContain("\tat ");
    }
}
