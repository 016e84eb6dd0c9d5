package observatory.dashboards.alert;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * Delivers messages to an incoming webhook. Waits and tries again where the other side asks for patience (429), fails
 * (5xx) or does not answer; a message may then arrive twice. What it refuses is not tried again.
 */
final class Webhook implements AutoCloseable {
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);
    private static final int SHOWN_OF_A_REPLY = 200;

    private final AlertSettings settings;
    private final Pause pause;
    private final HttpClient client;

    Webhook(AlertSettings settings, Pause pause) {
        this.settings = settings;
        this.pause = pause;
        // Never follows a redirect: findings go to the configured host alone.
        client = HttpClient.newBuilder()
                .connectTimeout(settings.timeout())
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    /** Waits; handed in so that tests need not. */
    @FunctionalInterface
    interface Pause {
        void of(Duration duration) throws InterruptedException;
    }

    /**
     * What became of a message.
     *
     * @param attempts how often it was sent
     * @param reason why it was not accepted, in one line without the webhook's address; empty when it was
     */
    record Delivery(boolean isAccepted, int attempts, String reason) {}

    /** One answer, or none. */
    private record Answer(boolean isAccepted, boolean isWorthRetrying, Optional<Duration> patience, String reason) {}

    Delivery deliver(String body) throws InterruptedException {
        Duration backOff = FIRST_PAUSE;
        for (int attempt = 1; ; attempt++) {
            Answer answer = attempt(body);
            if (answer.isAccepted()) {
                return new Delivery(true, attempt, "");
            }
            if (!answer.isWorthRetrying() || attempt >= settings.attempts()) {
                return new Delivery(false, attempt, answer.reason());
            }
            pause.of(answer.patience().orElse(backOff));
            backOff = shorter(backOff.multipliedBy(2), LONGEST_PAUSE);
        }
    }

    private Answer attempt(String body) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(settings.webhook())
                .timeout(settings.timeout())
                .header("Content-Type", "application/json; charset=utf-8")
                .POST(HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8))
                .build();
        try {
            return answer(client.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8)));
        } catch (HttpTimeoutException e) {
            return new Answer(
                    false,
                    true,
                    Optional.empty(),
                    "no answer within " + settings.timeout().toSeconds() + " s");
        } catch (ConnectException e) {
            return new Answer(
                    false,
                    true,
                    Optional.empty(),
                    "no connection to " + settings.webhook().getHost());
        } catch (IOException e) {
            return new Answer(
                    false,
                    true,
                    Optional.empty(),
                    "connection to " + settings.webhook().getHost() + " broke off");
        }
    }

    private static Answer answer(HttpResponse<String> response) {
        int status = response.statusCode();
        if (status >= 200 && status < 300) {
            return new Answer(true, false, Optional.empty(), "");
        }
        boolean isWorthRetrying = status == 429 || status >= 500;
        Optional<Duration> wait = response.headers().firstValue("Retry-After").flatMap(Webhook::seconds);
        String said = oneLine(response.body());
        return new Answer(false, isWorthRetrying, wait, "HTTP " + status + (said.isEmpty() ? "" : ", " + said));
    }

    /** Slack gives whole seconds; the other form of the header, a date, is left to the usual back-off. */
    private static Optional<Duration> seconds(String header) {
        try {
            long seconds = Long.parseLong(header.strip());
            return seconds < 0 ? Optional.empty() : Optional.of(shorter(Duration.ofSeconds(seconds), LONGEST_PAUSE));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }

    private static String oneLine(String body) {
        String line = Objects.requireNonNullElse(body, "")
                .replaceAll("[\\s\\p{Cntrl}]+", " ")
                .strip();
        return line.length() <= SHOWN_OF_A_REPLY ? line : line.substring(0, SHOWN_OF_A_REPLY) + "...";
    }

    @Override
    public void close() {
        client.close();
    }
}
