package observatory.geo.update;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A web server of this machine that answers as it is told and remembers what it was asked. */
final class LocalServer implements AutoCloseable {
    private final HttpServer server;
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();

    /** An answer. */
    record Answer(int status, Map<String, String> headers, byte[] body) {}

    LocalServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** What is answered to a path with its query. */
    void put(String path, int status, Map<String, String> headers, byte[] body) {
        answers.put(path, new Answer(status, headers, body));
    }

    /** What was asked: path, then what was sent as authorization and as condition. */
    List<String> asked() {
        return asked;
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().toString();
        String authorization = exchange.getRequestHeaders().getFirst("Authorization");
        String since = exchange.getRequestHeaders().getFirst("If-Modified-Since");
        asked.add(path + " " + authorization + " " + since);
        Answer answer = answers.getOrDefault(path, new Answer(404, Map.of(), new byte[0]));
        if (since != null && since.equals(answer.headers().get("Last-Modified"))) {
            answer = new Answer(304, Map.of(), new byte[0]);
        }
        answer.headers().forEach(exchange.getResponseHeaders()::set);
        int length = answer.body().length;
        exchange.sendResponseHeaders(answer.status(), length == 0 ? -1 : length);
        Objects.requireNonNull(exchange.getResponseBody()).write(answer.body());
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
