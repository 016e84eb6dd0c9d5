package observatory.dashboards.alert;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where and what to alert.
 *
 * @param channel name of the channel in the ledger of what was sent; not Slack's own name for it
 * @param webhook address of an incoming webhook; whoever knows it can write to the chat, so it is never shown
 * @param minimum findings below this are not sent
 * @param console address of the console for links; null for none
 * @param zone in which times are written
 * @param timeout for connecting, and again for the answer of one attempt
 * @param attempts for one message, at least one
 */
public record AlertSettings(
        String channel,
        URI webhook,
        Severity minimum,
        @Nullable URI console,
        ZoneId zone,
        Duration timeout,
        int attempts) {
    /** Environment variable with the webhook's address. */
    public static final String URL_VARIABLE = "OBSERVATORY_ALERT_URL";

    /** Environment variable with the path of a file that holds the webhook's address. */
    public static final String FILE_VARIABLE = "OBSERVATORY_ALERT_URL_FILE";

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int ATTEMPTS = 4;

    /** @throws IllegalArgumentException if a value cannot work; the message never holds the address */
    public AlertSettings {
        if (channel.isBlank() || channel.length() > 64) {
            throw new IllegalArgumentException("the name of an alert channel has 1 to 64 characters");
        }
        boolean isHttp = "https".equals(webhook.getScheme()) || "http".equals(webhook.getScheme());
        if (!isHttp || webhook.getHost() == null) {
            throw new IllegalArgumentException("the address of the webhook is not an http or https address");
        }
        if (attempts < 1) {
            throw new IllegalArgumentException("a message needs at least one attempt");
        }
    }

    /** How much a finding matters, least first. */
    public enum Severity {
        LOW,
        MEDIUM,
        HIGH;

        /** The severities that are at least this one, as documents name them. */
        List<String> andAbove() {
            return Arrays.stream(values())
                    .filter(severity -> severity.compareTo(this) >= 0)
                    .map(severity -> severity.name().toLowerCase(Locale.ROOT))
                    .toList();
        }
    }

    /**
     * Settings for a webhook whose address is in a file or in the environment: a secret belongs on no command line.
     *
     * @param file holds the address in its first line; null to look at {@link #FILE_VARIABLE}, then {@link #URL_VARIABLE}
     * @throws IOException if the file cannot be read
     * @throws IllegalArgumentException if no address is given, or it is none; the message says what was looked for
     */
    public static AlertSettings read(
            String channel,
            @Nullable Path file,
            Map<String, String> environment,
            Severity minimum,
            @Nullable URI console,
            ZoneId zone)
            throws IOException {
        String address = address(file, environment);
        URI webhook;
        try {
            webhook = URI.create(address);
        } catch (IllegalArgumentException e) {
            // The message of URI.create shows what it was given.
            throw new IllegalArgumentException("the address of the webhook is not an http or https address");
        }
        return new AlertSettings(channel, webhook, minimum, console, zone, TIMEOUT, ATTEMPTS);
    }

    private static String address(@Nullable Path file, Map<String, String> environment) throws IOException {
        String named = environment.get(FILE_VARIABLE);
        Path path = file != null ? file : named != null && !named.isBlank() ? Path.of(named) : null;
        if (path != null) {
            return firstLine(path);
        }
        String address = environment.get(URL_VARIABLE);
        if (address == null || address.isBlank()) {
            throw new IllegalArgumentException(
                    "no webhook is configured: put its address into a file and name that file, or" + " set "
                            + FILE_VARIABLE + " or " + URL_VARIABLE);
        }
        return address.strip();
    }

    private static String firstLine(Path path) throws IOException {
        return Files.readString(path, StandardCharsets.UTF_8)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the file " + path + " holds no webhook address"));
    }

    /** Host and nothing more, since the path of a webhook's address is its password. */
    public String shownWebhook() {
        return webhook.getScheme() + "://" + webhook.getHost() + "/...";
    }

    @Override
    public String toString() {
        return "AlertSettings[channel=" + channel + ", webhook=" + shownWebhook() + ", minimum=" + minimum + "]";
    }
}
