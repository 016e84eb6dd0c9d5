package observatory.dashboards.alert;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One finding in the words of a chat message: who operates the other end, whose network that is, where it answers and how
 * sure that is, in this order; never a verdict. Texts are not yet escaped for any chat.
 *
 * @param id of the finding
 * @param title kind and severity
 * @param summary the finding's own sentence
 * @param facts label and text, in the order of reading
 * @param link into the console; null when its address is not known
 * @param isSimulated whether the finding was made up for a demonstration
 */
record Alert(
        String id,
        String title,
        String summary,
        List<Fact> facts,
        @Nullable URI link,
        boolean isSimulated) {
    private static final int LONGEST_TEXT = 300;
    private static final int MOST_EVIDENCE = 3;

    /** Addresses that can be a device's own: a chat is no place for them, whoever wrote them into a text. */
    private static final Pattern DEVICE_ADDRESS = Pattern.compile(
            "\\b(?:10(?:\\.\\d{1,3}){3}|192\\.168(?:\\.\\d{1,3}){2}|172\\.(?:1[6-9]|2\\d|3[01])(?:\\.\\d{1,3}){2}"
                    + "|169\\.254(?:\\.\\d{1,3}){2}|100\\.(?:6[4-9]|[7-9]\\d|1[01]\\d|12[0-7])(?:\\.\\d{1,3}){2})\\b"
                    + "|\\b(?:[0-9a-fA-F]{2}[:-]){5}[0-9a-fA-F]{2}\\b"
                    + "|\\b(?:[fF][cCdD][0-9a-fA-F]{2}|[fF][eE][89abAB][0-9a-fA-F]):[0-9a-fA-F:]*");

    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm zzz", Locale.ENGLISH);

    Alert {
        facts = List.copyOf(facts);
    }

    /** One line of the message. */
    record Fact(String label, String text) {}

    /**
     * Reads a document of {@code observatory-findings}.
     *
     * @param console address of the console for links; null for none
     */
    static Alert of(String id, JsonNode finding, @Nullable URI console, ZoneId zone) {
        String kind =
                text(finding, "observatory.finding.kind").replace('-', ' ').replace('_', ' ');
        String severity = text(finding, "observatory.finding.severity");
        String title = (kind.isEmpty() ? "Finding" : kind.substring(0, 1).toUpperCase(Locale.ROOT) + kind.substring(1))
                + (severity.isEmpty() ? "" : " (" + severity + ")");
        return new Alert(
                id,
                title,
                text(finding, "message"),
                facts(finding, zone),
                console == null ? null : link(console, finding),
                finding.path("observatory.simulated").asBoolean());
    }

    private static List<Fact> facts(JsonNode finding, ZoneId zone) {
        List<Fact> facts = new ArrayList<>();
        if (finding.hasNonNull("observatory.endpoint")) {
            facts.add(new Fact("Operator", operator(finding)));
            facts.add(new Fact("Host network", network(finding)));
            facts.add(new Fact("Place", place(finding)));
        }
        boolean isSilence = finding.path("observatory.finding.scope").asText().equals("sensor");
        add(facts, "Seen", isSilence ? "" : seen(finding));
        add(facts, isSilence ? "From" : "First seen", time(finding, "event.start", zone));
        add(facts, isSilence ? "To" : "Last seen", time(finding, "event.end", zone));
        add(facts, "Site", text(finding, "observatory.site"));
        add(facts, "Device", device(finding));
        add(facts, "Sensor", text(finding, "observer.name"));
        List<String> evidence = texts(finding, "observatory.finding.evidence");
        add(
                facts,
                "Evidence",
                String.join("; ", evidence.stream().limit(MOST_EVIDENCE).toList()));
        add(facts, "Why it is sent", text(finding, "observatory.finding.reason"));
        add(facts, "Missing input", String.join("; ", texts(finding, "observatory.finding.missing")));
        return facts;
    }

    private static void add(List<Fact> facts, String label, String text) {
        if (!text.isEmpty()) {
            facts.add(new Fact(label, text));
        }
    }

    private static String operator(JsonNode finding) {
        String operator = text(finding, "observatory.operator");
        String endpoint = text(finding, "observatory.endpoint");
        String vendor = known(finding, "observatory.service.vendor");
        String service = known(finding, "observatory.service.name");
        String purpose = known(finding, "observatory.service.purpose");
        String what = joined(", ", joined(" ", vendor, service), purpose, endpoint);
        return operator.isEmpty()
                ? "cannot be decided, not in the catalogue (" + what + ")"
                : operator + " (" + what + ")";
    }

    private static String network(JsonNode finding) {
        String organisation = text(finding, "destination.as.organization.name");
        long asn = finding.path("destination.as.number").asLong();
        String cloud =
                joined(" ", text(finding, "observatory.cloud.provider"), text(finding, "observatory.cloud.region"));
        String network = joined(", ", organisation, asn == 0 ? "" : "AS" + asn, cloud);
        return network.isEmpty() ? "not known" : network;
    }

    private static String place(JsonNode finding) {
        List<String> countries = texts(finding, "observatory.place.countries").stream()
                .map(code -> code.matches("[A-Z]{2}") ? Locale.of("", code).getDisplayCountry(Locale.ENGLISH) : code)
                .toList();
        String step = text(finding, "observatory.place.step").replace('_', ' ');
        return switch (text(finding, "observatory.place.state")) {
            case "agreed" -> String.join(", ", countries) + " (agreed by: " + step + "; first hop only)";
            case "disputed" -> "cannot be decided, sources disagree: " + String.join(" or ", countries);
            case "anycast" -> "cannot be decided, answers from many places (anycast)";
            case "local" -> "local network";
            default -> "cannot be decided, no evidence";
        };
    }

    private static String seen(JsonNode finding) {
        long count = finding.path("observatory.finding.count").asLong();
        long devices = finding.path("observatory.finding.devices").asLong();
        String times = count == 1 ? "once" : String.format(Locale.ROOT, "%,d times", count);
        return devices == 0 ? times : times + ", by " + devices + (devices == 1 ? " device" : " devices");
    }

    /** The pseudonym, with what kind of device it is. */
    private static String device(JsonNode finding) {
        String id = text(finding, "device.id");
        String model = joined(" ", text(finding, "device.manufacturer"), text(finding, "device.model.name"));
        return id.isEmpty() ? "" : model.isEmpty() ? id : model + ", pseudonym " + id;
    }

    private static String time(JsonNode finding, String field, ZoneId zone) {
        Instant moment = moment(finding, field);
        return moment == null ? "" : MINUTE.format(moment.atZone(zone));
    }

    private static @Nullable Instant moment(JsonNode finding, String field) {
        try {
            String text = finding.path(field).asText();
            return text.isEmpty() ? null : Instant.parse(text);
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    /** The console, narrowed to the finding's site and the day around it. */
    private static URI link(URI console, JsonNode finding) {
        String base = console.toString().replaceFirst("/+$", "") + "/";
        Instant start = moment(finding, "event.start");
        if (start == null) {
            return URI.create(base);
        }
        Instant end = moment(finding, "event.end");
        Instant last = end == null || end.isBefore(start) ? start : end;
        String site = finding.path("observatory.site").asText("");
        return URI.create(base + "?from=" + start.minus(Duration.ofHours(1)) + "&to=" + last.plus(Duration.ofHours(1))
                + (site.isEmpty() ? "" : "&site=" + URLEncoder.encode(site, StandardCharsets.UTF_8)));
    }

    private static String known(JsonNode finding, String field) {
        String text = text(finding, field);
        return text.equals("unknown") ? "" : text;
    }

    private static String joined(String between, String... parts) {
        return String.join(
                between, Arrays.stream(parts).filter(part -> !part.isEmpty()).toList());
    }

    private static String text(JsonNode finding, String field) {
        List<String> texts = texts(finding, field);
        return texts.isEmpty() ? "" : texts.get(0);
    }

    private static List<String> texts(JsonNode finding, String field) {
        JsonNode value = finding.path(field);
        List<String> texts = new ArrayList<>();
        if (value.isArray()) {
            value.forEach(each -> texts.add(shown(each.asText())));
        } else if (value.isValueNode() && !value.isNull()) {
            texts.add(shown(value.asText()));
        }
        return texts;
    }

    /** One bounded line without control characters and without an address that can be a device's. */
    static String shown(String text) {
        String line = text.replaceAll("[\\p{Cntrl}\\u202A-\\u202E\\u2066-\\u2069]+", " ")
                .strip();
        String safe = DEVICE_ADDRESS.matcher(line).replaceAll("(address withheld)");
        return safe.length() <= LONGEST_TEXT ? safe : safe.substring(0, LONGEST_TEXT) + "...";
    }
}
