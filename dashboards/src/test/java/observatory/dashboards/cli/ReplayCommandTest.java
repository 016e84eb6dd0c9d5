package observatory.dashboards.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import observatory.dashboards.local.Folders;
import observatory.dashboards.local.LocalReplay;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What goes wrong before anything is started. */
class ReplayCommandTest {
    @TempDir
    private Path home;

    private CommandRun run;

    @BeforeEach
    void prepare() {
        run = new CommandRun(home);
    }

    @Test
    void aMissingPathIsOneLine() {
        assertThat(run.execute("replay", home.resolve("none").toString())).isEqualTo(2);

        assertThat(run.err().lines()).hasSize(1).allMatch(line -> line.contains("no such file or folder"));
    }

    @Test
    void aFolderWithoutLogsIsOneLine() throws Exception {
        Files.writeString(home.resolve("letter.txt"), "Dear reader");

        assertThat(run.execute("replay", home.toString())).isEqualTo(2);

        assertThat(run.err().lines()).hasSize(1).allMatch(line -> line.contains("no logs to read"));
    }

    @Test
    void aNetworkThatIsNoneIsOneLine() {
        assertThat(run.execute("replay", "--phones", "10.0.0.0/99", home.toString()))
                .isEqualTo(2);

        assertThat(run.err().lines()).hasSize(1).allMatch(line -> line.contains("10.0.0.0/99"));
    }

    @Test
    void sitesAreReadWithSeveralNetworksEach() {
        assertThat(SiteNetworks.parse(List.of("zurich=10.1.0.0/16", "10.2.0.0/16", "basel=10.9.0.0/16")))
                .containsEntry("zurich", List.of("10.1.0.0/16", "10.2.0.0/16"))
                .containsEntry("basel", List.of("10.9.0.0/16"));
    }

    @Test
    void aNetworkOfNoSiteIsWrongUsage() {
        assertThatThrownBy(() -> SiteNetworks.parse(List.of("10.1.0.0/16"))).hasMessageContaining("names no site");
    }

    @Test
    void singleFlowsAreWrittenUnlessTheyAreNotWanted() throws Exception {
        assertThat(order("replay", home.toString()).raw()).isTrue();
        assertThat(order("replay", "--raw", home.toString()).raw()).isTrue();
        assertThat(order("replay", "--no-raw", home.toString()).raw()).isFalse();
    }

    private LocalReplay.Order order(String... arguments) throws Exception {
        CommandLine.ParseResult parsed = run.parse(arguments).subcommand();
        return ((ReplayCommand) parsed.commandSpec().userObject()).order(new Folders(home));
    }
}
