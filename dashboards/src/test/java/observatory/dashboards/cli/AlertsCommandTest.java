package observatory.dashboards.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AlertsCommandTest {
    @TempDir
    private Path home;

    @Test
    void aTestMessageReachesTheWebhook() throws Exception {
        List<String> received = new CopyOnWriteArrayList<>();
        HttpServer chat = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        chat.createContext("/secret", exchange -> {
            received.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        chat.start();
        Path file = home.resolve("webhook");
        Files.writeString(file, "http://127.0.0.1:" + chat.getAddress().getPort() + "/secret\n");
        CommandRun run = new CommandRun(home);

        int exitCode = run.execute("alerts", "test", "operations", "--webhook-file", file.toString());
        chat.stop(0);

        assertThat(exitCode).isZero();
        assertThat(run.out()).isEqualTo("1 sent to operations" + System.lineSeparator());
        assertThat(received).hasSize(1).first().asString().contains("text");
    }

    @Test
    void aMissingWebhookFileIsOneLine() {
        CommandRun run = new CommandRun(home);

        assertThat(run.execute("alerts", "test", "--webhook-file", home + "/none"))
                .isEqualTo(2);

        assertThat(run.err())
                .isEqualTo("observatory: no such file or folder: " + home + "/none" + System.lineSeparator());
    }
}
