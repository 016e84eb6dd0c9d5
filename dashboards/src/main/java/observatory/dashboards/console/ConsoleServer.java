package observatory.dashboards.console;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.javalin.http.staticfiles.Location;
import io.javalin.util.JavalinBindException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import observatory.dashboards.panel.Measure;
import observatory.dashboards.panel.Panels;
import observatory.dashboards.panel.Unit;
import observatory.dashboards.search.Archive;
import observatory.dashboards.search.Filter;
import observatory.jobs.elastic.ElasticClient;
import observatory.jobs.elastic.ElasticException;
import org.jspecify.annotations.Nullable;

/**
 * Serves the pages and the answers behind them.
 *
 * <p>{@code GET /} the first page, {@code GET /coverage.html} the ledgers; {@code GET /api/panels} the questions;
 * {@code GET /api/overview} all answers; {@code GET /api/coverage} the ledgers alone; {@code GET /api/panels/ID} one
 * answer. The last three take {@link FilterParameters}. Errors are JSON with one member,
 * {@code error}, one line: 400 a parameter is wrong, 404 there is no such panel or page, 421 the request was meant for
 * another host, 503 Elasticsearch gives no answer.
 *
 * <p>Nothing is written, nothing is fetched from elsewhere. A request whose {@code Host} is neither the address it
 * listens on nor a name of this machine's loopback is refused, so that a page elsewhere cannot read along by pointing its
 * own name at 127.0.0.1 (DNS rebinding).
 */
public final class ConsoleServer implements AutoCloseable {
    private static final Map<String, String> HEADERS = Map.of(
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self';"
                    + " base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
            "X-Content-Type-Options",
            "nosniff",
            "X-Frame-Options",
            "DENY",
            "Referrer-Policy",
            "no-referrer",
            "Cross-Origin-Opener-Policy",
            "same-origin",
            "Cross-Origin-Resource-Policy",
            "same-origin",
            "Permissions-Policy",
            "camera=(), geolocation=(), microphone=()");
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");
    private static final Set<String> WILDCARD = Set.of("0.0.0.0", "::", "[::]");

    /** The unit of most measures follows from their kind, so it is no component of the record. */
    private interface WithUnit {
        @JsonProperty
        Unit unit();
    }

    private final ConsoleSettings settings;
    private final Archive archive;
    private final ObjectMapper json = new ObjectMapper()
            .registerModule(new SimpleModule()
                    .addSerializer(Instant.class, ToStringSerializer.instance)
                    .addSerializer(Duration.class, ToStringSerializer.instance))
            .addMixIn(Measure.class, WithUnit.class);
    private final Javalin server;

    /**
     * @param client stays the caller's to close, after this server
     * @param clock tells how old data is, and nothing else
     */
    public ConsoleServer(ConsoleSettings settings, ElasticClient client, InstantSource clock) {
        this.settings = settings;
        this.archive = new Archive(client::search, clock);
        this.server = Javalin.create(this::configure);
    }

    /**
     * Starts listening.
     *
     * @return this server
     * @throws ConsoleException if the port is taken or the host is none of this machine's
     */
    public ConsoleServer start() {
        // Asked before Jetty is, which would log the failure with all its causes.
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(settings.host(), settings.port()));
        } catch (IOException e) {
            throw cannotListen(e);
        }
        try {
            server.start(settings.host(), settings.port());
            return this;
        } catch (JavalinBindException e) {
            throw cannotListen(e);
        }
    }

    private ConsoleException cannotListen(Exception cause) {
        String where = settings.host() + ":" + settings.port();
        return new ConsoleException(
                "the console cannot listen on " + where + " (" + cause.getMessage()
                        + "); end what uses the port or choose another host or port",
                cause);
    }

    /** Where the page is, once started. */
    public URI address() {
        return URI.create("http://" + settings.host() + ":" + server.port() + "/");
    }

    /** Stops listening; a second call does nothing. */
    @Override
    public void close() {
        server.stop();
    }

    private void configure(JavalinConfig config) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.http.generateEtags = true;
        config.staticFiles.add(files -> {
            files.directory = "/web";
            files.location = Location.CLASSPATH;
            files.headers = Map.of("Cache-Control", "no-cache");
        });
        config.routes.before(this::admit);
        config.routes.get("/api/panels", context -> reply(context, Panels.OVERVIEW));
        config.routes.get("/api/panels/{id}", this::panel);
        config.routes.get(
                "/api/overview", context -> reply(context, archive.overview(Panels.OVERVIEW, filter(context))));
        config.routes.get("/api/coverage", context -> reply(context, archive.overview(List.of(), filter(context))));
        config.routes.exception(IllegalArgumentException.class, (e, context) -> refuse(context, 400, e.getMessage()));
        config.routes.exception(ElasticException.class, (e, context) -> refuse(context, 503, e.getMessage()));
        config.routes.error(404, context -> refuse(context, 404, "there is nothing at " + context.path()));
    }

    private void admit(Context context) {
        HEADERS.forEach(context::header);
        if (!isOwnHost(context.host())) {
            refuse(context, 421, "this console does not answer for " + context.host());
            context.skipRemainingHandlers();
        }
    }

    private boolean isOwnHost(@Nullable String host) {
        String name = host == null ? "" : host.replaceFirst(":\\d+$", "").toLowerCase(Locale.ROOT);
        return LOOPBACK.contains(name)
                || name.equals(settings.host().toLowerCase(Locale.ROOT))
                || WILDCARD.contains(settings.host());
    }

    private void panel(Context context) {
        var panel = Panels.byId(context.pathParam("id"));
        if (panel.isEmpty()) {
            refuse(context, 404, "there is no panel '" + context.pathParam("id") + "'");
            return;
        }
        Filter filter = filter(context);
        reply(context, archive.answer(panel.get(), filter, archive.range(filter)));
    }

    private static Filter filter(Context context) {
        return FilterParameters.read(context::queryParam);
    }

    private void refuse(Context context, int status, @Nullable String message) {
        context.status(HttpStatus.forStatus(status));
        reply(context, Map.of("error", message == null ? "no reason given" : message));
    }

    private void reply(Context context, Object body) {
        try {
            context.header("Cache-Control", "no-store")
                    .contentType("application/json; charset=utf-8")
                    .result(json.writeValueAsBytes(body));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a record of ours is no JSON", e);
        }
    }
}
