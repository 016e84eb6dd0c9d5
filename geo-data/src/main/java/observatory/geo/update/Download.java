package observatory.geo.update;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Fetches a file over HTTP. Redirects are followed by hand, because a password must never go along to another server, and a
 * secured address never lead to an open one.
 */
final class Download {
    private static final int MOST_REDIRECTS = 5;
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final DateTimeFormatter HTTP_DATE = new DateTimeFormatterBuilder()
            .appendPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'")
            .toFormatter(Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private final HttpClient client = HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(Duration.ofSeconds(20))
            .build();

    /**
     * What to fetch.
     *
     * @param uri from where
     * @param authorization value of the header; null for none
     * @param since fetch only what is newer; null for whatever there is
     * @param most bytes at most; stops a wrong address from filling the disk
     */
    record Order(
            URI uri,
            @Nullable String authorization,
            @Nullable Instant since,
            long most) {
        /** Without what a URI may carry of secrets. */
        String where() {
            return uri.getScheme() + "://" + uri.getAuthority() + uri.getPath();
        }
    }

    /** The server answered with a status other than success. */
    static final class StatusException extends IOException {
        private static final long serialVersionUID = 1;
        private final int status;

        StatusException(int status, String message) {
            super(message);
            this.status = status;
        }

        int status() {
            return status;
        }
    }

    /**
     * Fetches into a file.
     *
     * @return the time of the last change of what was fetched ({@link Instant#EPOCH} when the server does not say); empty
     *     when there is nothing newer
     * @throws IOException in words for people, without secrets
     */
    Optional<Instant> fetch(Order order, Path into) throws IOException, InterruptedException {
        URI at = order.uri();
        for (int hops = 0; hops <= MOST_REDIRECTS; hops++) {
            HttpResponse<InputStream> reply = ask(order, at);
            try (InputStream body = reply.body()) {
                int status = reply.statusCode();
                if (status == 200) {
                    copy(body, into, order);
                    return Optional.of(lastModified(reply).orElse(Instant.EPOCH));
                }
                if (status == 304) {
                    return Optional.empty();
                }
                if (status < 300 || status > 308) {
                    throw new StatusException(status, order.where() + " answers with status " + status);
                }
                at = redirect(order, at, reply);
            }
        }
        throw new IOException(order.where() + " redirects more than " + MOST_REDIRECTS + " times");
    }

    private HttpResponse<InputStream> ask(Order order, URI at) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(at)
                .timeout(PATIENCE)
                .header("User-Agent", "Observatory")
                .GET();
        String authorization = order.authorization();
        if (authorization != null && isSameServer(order.uri(), at)) {
            request.header("Authorization", authorization);
        }
        Instant since = order.since();
        if (since != null) {
            request.header("If-Modified-Since", HTTP_DATE.format(since));
        }
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        } catch (IOException unreachable) {
            throw new IOException(order.where() + " cannot be reached (" + words(unreachable) + ")", unreachable);
        }
    }

    private static URI redirect(Order order, URI at, HttpResponse<?> reply) throws IOException {
        String location = reply.headers().firstValue("Location").orElse("");
        try {
            URI next = at.resolve(location);
            boolean stays = at.getScheme().equals(next.getScheme());
            if (!location.isEmpty() && next.getHost() != null && (stays || "https".equals(next.getScheme()))) {
                return next;
            }
        } catch (IllegalArgumentException notAUri) {
            throw new IOException(order.where() + " redirects to what is no address", notAUri);
        }
        throw new IOException(order.where() + " redirects to nowhere, or from https to http");
    }

    private static boolean isSameServer(URI one, URI other) {
        return one.getScheme().equals(other.getScheme()) && one.getAuthority().equals(other.getAuthority());
    }

    private static void copy(InputStream body, Path into, Order order) throws IOException {
        byte[] buffer = new byte[1 << 16];
        long size = 0;
        try (OutputStream out = Files.newOutputStream(into)) {
            for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
                size += read;
                if (size > order.most()) {
                    throw new IOException(order.where() + " sends more than the " + order.most()
                            + " bytes that such a file can have");
                }
                out.write(buffer, 0, read);
            }
        } catch (IOException broken) {
            throw broken.getMessage() != null && broken.getMessage().startsWith(order.where())
                    ? broken
                    : new IOException(order.where() + " broke off (" + words(broken) + ")", broken);
        }
    }

    private static Optional<Instant> lastModified(HttpResponse<?> reply) {
        try {
            return reply.headers().firstValue("Last-Modified").map(text -> Instant.from(HTTP_DATE.parse(text)));
        } catch (DateTimeException unreadable) {
            return Optional.empty();
        }
    }

    private static String words(IOException failure) {
        String message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : message;
    }
}
