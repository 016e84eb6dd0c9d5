package observatory.dashboards.alert;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * A webhook that answers as Slack's documentation says: 200 "ok"; before that, whatever a test lines up. No real Slack
 * was at hand when this was written.
 */
final class FakeChat implements AutoCloseable {
    /** The part of the address that is a password. */
    static final String SECRET = "/services/T0001/B0002/verysecret";

    /** What to answer to one request. */
    record Reply(int status, String body, @Nullable String retryAfter, boolean isLate) {
        static Reply of(int status, String body) {
            return new Reply(status, body, null, false);
        }
    }

    private final HttpServer server;
    private final Deque<Reply> replies = new ArrayDeque<>();
    private final List<String> messages = Collections.synchronizedList(new ArrayList<>());

    FakeChat(Reply... first) throws IOException {
        replies.addAll(List.of(first));
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    URI webhook() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + SECRET);
    }

    /** Bodies of all requests, also of those that were not accepted. */
    List<String> messages() {
        return List.copyOf(messages);
    }

    private void handle(HttpExchange exchange) throws IOException {
        String type = exchange.getRequestHeaders().getFirst("Content-Type");
        messages.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        Reply next;
        synchronized (replies) {
            next = replies.isEmpty() ? Reply.of(200, "ok") : replies.pop();
        }
        boolean isJson = type != null && type.startsWith("application/json");
        Reply reply = isJson ? next : Reply.of(400, "invalid_payload");
        if (reply.isLate()) {
            pause();
        }
        if (reply.retryAfter() != null) {
            exchange.getResponseHeaders().set("Retry-After", reply.retryAfter());
        }
        byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(reply.status(), body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static void pause() {
        try {
            Thread.sleep(2_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
