package observatory.jobs.elastic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sentences of a server that cannot be used. */
class HealthTest {

    @TempDir
    private Path folder;

    @Test
    void nobodyListens() {
        assertThat(health("http://127.0.0.1:" + Ports.choose(0)))
                .startsWith("Nothing listens at http://127.0.0.1:")
                .endsWith("(connection refused). Is Elasticsearch running there?");
    }

    @Test
    void theHostHasNoAddress() {
        assertThat(health("http://no-such-host.invalid"))
                .isEqualTo("No host is called no-such-host.invalid (http://no-such-host.invalid:9200).");
    }

    @Test
    void theLoginIsRefused() throws IOException {
        assertThat(answering(401, true, "{}", "/")).endsWith("refuses the login (user ada).");
    }

    @Test
    void somethingElseAnswers() throws IOException {
        assertThat(answering(200, false, "<html>Welcome</html>", "/"))
                .endsWith("answers, but it is not Elasticsearch.");
    }

    @Test
    void theVersionIsTooOld() throws IOException {
        String both = "{\"status\":\"green\",\"nodes\":{\"a\":{\"version\":\"7.17.3\"},\"b\":{\"version\":\"8.1.0\"}}}";

        assertThat(answering(200, true, both, "/"))
                .startsWith("Elasticsearch 7.17.3 at")
                .endsWith("is too old: version 8 or newer is needed.");
    }

    @Test
    void dataAreOutOfReach() throws IOException {
        assertThat(answering(200, true, "{\"status\":\"red\"}", "/")).contains("is red");
    }

    @Test
    void theServerIsStillStarting() throws IOException {
        String starting = "{\"error\":{\"type\":\"master_not_discovered_exception\",\"reason\":null},\"status\":503}";

        assertThat(answering(503, true, starting, "/"))
                .endsWith("is not ready: status 503, master_not_discovered_exception: no reason given");
    }

    @Test
    void tlsMeetsAServerWithoutIt() throws IOException {
        try (ServerSocket plain = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.startVirtualThread(() -> answerPlainly(plain));

            assertThat(health("https://127.0.0.1:" + plain.getLocalPort())).contains("does not speak TLS");
        }
    }

    private static void answerPlainly(ServerSocket server) {
        try (java.net.Socket connection = server.accept()) {
            connection.getInputStream().read(new byte[16]);
            connection.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(UTF_8));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void aSilentServerIsNamed() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            ElasticSettings settings = ElasticSettings.at("http://127.0.0.1:" + silent.getLocalPort());
            try (ElasticClient client = ElasticClient.to(settings, java.time.Duration.ofMillis(300))) {
                assertThat(client.check().sentence()).endsWith("did not answer in time.");
            }
        }
    }

    @Test
    void certificatesThatCannotBeReadAreNamed() throws IOException {
        Path pem = Files.writeString(folder.resolve("ca.pem"), "not a certificate");
        ElasticSettings settings = ElasticSettings.at("https://127.0.0.1").withAuthority(pem);

        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> ElasticClient.to(settings)))
                .isInstanceOf(ElasticException.class)
                .hasMessageContaining("ca.pem cannot be read")
                .hasMessageEndingWith("wanted a PEM file.");
    }

    private static String health(String url) {
        try (ElasticClient client = ElasticClient.to(ElasticSettings.at(url).withPassword("ada", "x"))) {
            Health health = client.check();
            assertThat(health.ok()).isFalse();
            return health.sentence();
        }
    }

    private static String answering(int status, boolean isElasticsearch, String body, String path) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(path, exchange -> {
            if (isElasticsearch) {
                exchange.getResponseHeaders().add("X-Elastic-Product", "Elasticsearch");
            }
            byte[] bytes = body.getBytes(UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        try {
            return health("http://127.0.0.1:" + server.getAddress().getPort());
        } finally {
            server.stop(0);
        }
    }
}
