package observatory.dashboards.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

class KibanaCommandTest {
    @TempDir
    private Path home;

    private CommandRun run;

    @BeforeEach
    void prepare() {
        run = new CommandRun(home);
    }

    @Test
    void theExportIsOneObjectALine() throws Exception {
        Path file = home.resolve("observatory.ndjson");

        assertThat(run.execute("kibana", "export", file.toString())).isZero();

        assertThat(Files.readAllLines(file)).isNotEmpty().allMatch(line -> line.startsWith("{") && line.endsWith("}"));
    }

    @Test
    void aFolderThatIsMissingIsNamed() {
        Path file = home.resolve("nowhere/observatory.ndjson");

        assertThat(run.execute("kibana", "export", file.toString())).isEqualTo(2);

        assertThat(run.err()).isEqualTo("observatory: no such file or folder: " + file + System.lineSeparator());
    }

    @Test
    @EnabledIf("hasFullDevice")
    void aFullDiskIsOneLine() {
        assertThat(run.execute("kibana", "export", "/dev/full")).isEqualTo(1);

        assertThat(run.err()).isEqualTo("observatory: the disk is full: /dev/full" + System.lineSeparator());
    }

    @Test
    void aKibanaThatDoesNotAnswerIsOneLine() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }

        assertThat(run.execute("kibana", "import", "http://127.0.0.1:" + port)).isEqualTo(1);

        assertThat(run.err().lines()).hasSize(1).allMatch(line -> line.contains("127.0.0.1:" + port));
    }

    @Test
    void whatIsNoAddressIsWrongUsage() {
        assertThat(run.execute("kibana", "import", "localhost:5601")).isEqualTo(2);

        assertThat(run.err().lines()).hasSize(1).allMatch(line -> line.contains("localhost:5601"));
    }

    static boolean hasFullDevice() {
        return Files.isWritable(Path.of("/dev/full"));
    }
}
