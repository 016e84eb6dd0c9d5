package observatory.ingest.identity;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import observatory.geo.address.IpAddress;
import observatory.ingest.observation.DeviceSighting;
import observatory.ingest.observation.MacAddress;
import observatory.ingest.observation.TlsObservation;
import org.jspecify.annotations.Nullable;

/**
 * Which phone calls itself so in SIP or HTTP. The rules are data ({@code user-agents.csv} beside this class, reviewed);
 * text that none of them knows tells nothing. An instance remembers the last answers and serves one thread.
 */
public final class UserAgents {
    /** Longer than any phone's; what a browser or an attacker adds beyond is not looked at. */
    public static final int LONGEST = 256;

    /** Answers remembered, by hash; a flood of ever new texts costs time and no memory. */
    private static final int SLOTS = 1024;

    private static final int COLUMNS = 6;
    private static final List<Rule> RULES = read();

    private final String[] asked = new String[SLOTS];
    private final @Nullable Phone[] answered = new Phone[SLOTS];

    /**
     * A phone as its user agent tells.
     *
     * @param maker maker, as the rules name it
     * @param model {@code SIP-T54W}
     * @param firmware {@code 96.86.0.100}; null when not told
     * @param mac {@code 00-15-65-AA-BB-CC}; null when not told
     */
    public record Phone(
            String maker,
            String model,
            @Nullable String firmware,
            @Nullable String mac) {}

    /** One line of the rules. */
    record Rule(String maker, Pattern pattern, String example, String model, String firmware, String mac) {

        @Nullable
        Phone phone(String userAgent) {
            Matcher matcher = pattern.matcher(userAgent);
            if (!matcher.matches()) {
                return null;
            }
            String mac = group(matcher, "mac");
            return new Phone(
                    maker,
                    matcher.group("model").replace('_', ' '),
                    group(matcher, "firmware"),
                    mac == null ? null : MacAddress.ecs(mac));
        }

        private @Nullable String group(Matcher matcher, String name) {
            return pattern.namedGroups().containsKey(name) ? matcher.group(name) : null;
        }
    }

    static List<Rule> rules() {
        return RULES;
    }

    private static List<Rule> read() {
        List<Rule> rules = new ArrayList<>();
        try (InputStream in = UserAgents.class.getResourceAsStream("user-agents.csv")) {
            if (in == null) {
                throw new IllegalStateException("user-agents.csv is not beside " + UserAgents.class);
            }
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            for (String line : text.lines().toList()) {
                if (!line.startsWith("#") && !line.isBlank()) {
                    String[] fields = line.split(";", -1);
                    if (fields.length != COLUMNS) {
                        throw new IllegalStateException("user-agents.csv: wanted " + COLUMNS + " columns: " + line);
                    }
                    rules.add(new Rule(
                            fields[0], Pattern.compile(fields[1]), fields[2], fields[3], fields[4], fields[5]));
                }
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return List.copyOf(rules);
    }

    /** The phone that calls itself so; null when no rule knows it. */
    public @Nullable Phone phone(@Nullable String userAgent) {
        if (userAgent == null || userAgent.isEmpty()) {
            return null;
        }
        String text = bounded(userAgent);
        int slot = text.hashCode() & (SLOTS - 1);
        if (!text.equals(asked[slot])) {
            asked[slot] = text;
            answered[slot] = RULES.stream()
                    .map(rule -> Optional.ofNullable(rule.phone(text)))
                    .flatMap(Optional::stream)
                    .findFirst()
                    .orElse(null);
        }
        return answered[slot];
    }

    /** What an HTTP request tells of its client; empty when its user agent is no phone's. */
    public Optional<DeviceSighting> sighting(TlsObservation request) {
        Phone phone = phone(request.userAgent());
        return phone == null
                ? Optional.empty()
                : Optional.of(DeviceSighting.agent(
                        request.sensor(),
                        request.site(),
                        request.observerType(),
                        request.timeNanos(),
                        request.client(),
                        phone.mac(),
                        phone.maker(),
                        phone.model(),
                        phone.firmware()));
    }

    /** The part of a user agent that is kept. */
    public static String bounded(String userAgent) {
        return userAgent.length() > LONGEST ? userAgent.substring(0, LONGEST) : userAgent;
    }

    /** The name in a Host header or request: without its port, lower case; null when it is an address or nothing. */
    public static @Nullable String hostName(@Nullable String host) {
        if (host == null || host.isEmpty() || host.length() > LONGEST || host.startsWith("[")) {
            return null;
        }
        int colon = host.indexOf(':');
        boolean isIpv6 = colon >= 0 && host.indexOf(':', colon + 1) >= 0;
        String name = colon < 0 ? host : host.substring(0, colon);
        String bare = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
        return isIpv6 || bare.isEmpty() || IpAddress.parse(bare) != null ? null : bare.toLowerCase(Locale.ROOT);
    }
}
