package observatory.dashboards.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
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
    void theVersionIsToldEverywhere() {
        for (List<String> command : List.of(List.of("--version"), List.of("geo", "status", "--version"))) {
            CommandRun asked = new CommandRun(home);
            assertThat(asked.execute(command.toArray(String[]::new))).isZero();
            assertThat(asked.out()).isNotBlank();
        }
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

    @Test
    void anIdMayBeginAsAnOptionDoes() {
        for (String id : List.of("-AAAAAAA", "--AAAAAA", "-hAAAAAA", "-VAAAAAA")) {
            CommandRun decided = new CommandRun(home);
            String nowhere = "http://127.0.0.1:1";

            assertThat(decided.execute("findings", "acknowledge", id, "--reason", "known", "--elasticsearch", nowhere))
                    .as(id)
                    .isEqualTo(1);
            assertThat(decided.err()).contains("Nothing listens at " + nowhere);
        }
    }
}
