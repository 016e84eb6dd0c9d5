package observatory.dashboards.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import observatory.jobs.elastic.ElasticClient;
import observatory.jobs.elastic.ElasticSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the server says when there is nothing behind it. */
@SuppressWarnings("NullAway.Init")
class ConsoleServerTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-23T00:00:00Z"));

    private ElasticClient nowhere;
    private ConsoleServer server;

    @BeforeEach
    void start() {
        nowhere = ElasticClient.to(ElasticSettings.at("http://127.0.0.1:1"));
        server = new ConsoleServer(new ConsoleSettings("127.0.0.1", 0), nowhere, CLOCK).start();
    }

    @AfterEach
    void stop() {
        server.close();
        nowhere.close();
    }

    @Test
    void thePageComesWithoutLeaveToRunOrFetchAnythingForeign() throws Exception {
        HttpResponse<String> page = get("");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("<title>Observatory</title>").doesNotContain("<script>", "style=");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(page.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    }

    @Test
    void everyPanelIsToldWithItsQuestion() throws Exception {
        assertThat(get("api/panels").body())
                .contains(
                        "\"id\":\"places\"", "\"question\":\"What should an analyst look at?\"", "\"unit\":\"SHARE\"");
    }

    @Test
    void withoutElasticsearchTheAnswerSaysSoInOneLine() throws Exception {
        HttpResponse<String> answer = get("api/overview");

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("127.0.0.1:1").doesNotContain("Exception", "\\n");
    }

    @Test
    void aWrongParameterAndAnUnknownPanelAreToldApart() throws Exception {
        assertThat(get("api/overview?from=2026-11-09&to=2026-11-09").statusCode())
                .isEqualTo(400);
        assertThat(get("api/panels/nothing").statusCode()).isEqualTo(404);
        assertThat(get("nothing.html").body()).contains("there is nothing at /nothing.html");
    }

    @Test
    void aRequestForAnotherHostIsRefused() throws IOException {
        assertThat(statusLine("elsewhere.example")).contains("421");
        assertThat(statusLine("localhost:8600")).contains("200");
    }

    @Test
    void aBusyPortIsOneClearException() throws IOException {
        try (ServerSocket taken = new ServerSocket(0)) {
            ConsoleSettings settings = new ConsoleSettings("127.0.0.1", taken.getLocalPort());

            assertThatThrownBy(() -> new ConsoleServer(settings, nowhere, CLOCK).start())
                    .isInstanceOf(ConsoleException.class)
                    .hasMessageContaining("127.0.0.1:" + taken.getLocalPort());
        }
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest request =
                    HttpRequest.newBuilder(server.address().resolve(path)).build();
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        }
    }

    /** Java's client never lies about the host, so this one is written by hand. */
    private String statusLine(String host) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", server.address().getPort());
                InputStream in = socket.getInputStream()) {
            String request = "GET / HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .findFirst()
                    .orElse("");
        }
    }
}
