package observatory.dashboards.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoCommandTest {
    @TempDir
    private Path home;

    @Test
    void aTakenPortIsOneLineBeforeAnythingIsStarted() throws Exception {
        CommandRun run = new CommandRun(home);
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            assertThat(run.execute("demo", "--port", Integer.toString(taken.getLocalPort())))
                    .isEqualTo(1);

            assertThat(run.err().lines())
                    .hasSize(1)
                    .first()
                    .asString()
                    .contains("port " + taken.getLocalPort(), "--port");
        }
    }
}
