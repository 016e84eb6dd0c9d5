package observatory.dashboards.kibana;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The import route of Kibana as its source describes it: refuses a request without {@code kbn-xsrf}, without a
 * multipart field {@code file} or whose file name does not end in {@code .ndjson}.
 */
final class FakeKibana implements AutoCloseable {
    private final HttpServer server;
    private final int status;
    private final @Nullable String reply;
    private String received = "";
    private String path = "";
    private @Nullable String authorization;

    private FakeKibana(int status, @Nullable String reply) throws IOException {
        this.status = status;
        this.reply = reply;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.start();
    }

    static FakeKibana accepting() throws IOException {
        return new FakeKibana(200, null);
    }

    static FakeKibana answering(int status, String reply) throws IOException {
        return new FakeKibana(status, reply);
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    String received() {
        return received;
    }

    String path() {
        return path;
    }

    @Nullable
    String authorization() {
        return authorization;
    }

    private void handle(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        path = exchange.getRequestURI().toString();
        authorization = exchange.getRequestHeaders().getFirst("Authorization");
        if (reply != null) {
            answer(exchange, status, reply);
        } else if (exchange.getRequestHeaders().getFirst("kbn-xsrf") == null) {
            answer(exchange, 400, "{\"message\":\"Request must contain a kbn-xsrf header.\"}");
        } else {
            takeFile(exchange, body);
        }
    }

    private void takeFile(HttpExchange exchange, String body) throws IOException {
        String type = exchange.getRequestHeaders().getFirst("Content-Type");
        String boundary = "--" + type.substring(type.indexOf("boundary=") + "boundary=".length());
        int start = body.indexOf("\r\n\r\n") + 4;
        int end = body.indexOf("\r\n" + boundary + "--");
        if (!body.startsWith(boundary) || !body.contains("name=\"file\"; filename=") || end < start) {
            answer(exchange, 400, "{\"message\":\"[request body.file]: expected value of type [Stream]\"}");
        } else if (!body.substring(0, start).contains(".ndjson\"")) {
            answer(exchange, 400, "{\"message\":\"Invalid file extension\"}");
        } else {
            received = body.substring(start, end);
            answer(exchange, 200, "{\"success\":true,\"successCount\":" + received.split("\n").length + "}");
        }
    }

    private static void answer(HttpExchange exchange, int status, String json) throws IOException {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
