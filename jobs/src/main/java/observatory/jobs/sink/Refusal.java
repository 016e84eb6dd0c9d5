package observatory.jobs.sink;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import observatory.jobs.document.Document;
import org.jspecify.annotations.Nullable;

/**
 * The rule that turns a refused document into one that will not be refused: what was refused, why, and when it happened
 * by the refused document's own time, so that a replay leaves the same rejection under the same id.
 */
final class Refusal {

    static final String REASON = "refused";

    private static final JsonFactory JSON = new JsonFactory();
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("uuuu.MM.dd").withZone(ZoneOffset.UTC);
    private static final Pattern DATE_OF_INDEX = Pattern.compile("(\\d{4})\\.(\\d{2})(?:\\.(\\d{2}))?$");

    /** Its sources name people; the server quotes values in its reasons, so only their kind is kept. */
    private static final String GUARDED = "observatory-identities";

    /** Longest text of a field; the template ignores longer ones. */
    private static final int LONGEST = 1000;

    private Refusal() {}

    /**
     * @param write the refused document
     * @param detail the server's root cause
     */
    static PendingWrite rejection(PendingWrite write, String detail) {
        Clues clues = Clues.in(write.json());
        Instant time =
                Optional.ofNullable(clues.time).or(() -> dayOf(write.index())).orElse(Instant.EPOCH);
        String said = write.index().startsWith(GUARDED) ? detail.replaceFirst(":.*", "") : detail;
        return new PendingWrite(
                "observatory-rejections-" + DAY.format(time),
                id(write),
                Document.UNVERSIONED,
                json(write, time, clues.isSimulated, bounded(said)),
                true);
    }

    private static byte[] json(PendingWrite write, Instant time, boolean simulated, String detail) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (JsonGenerator out = JSON.createGenerator(bytes)) {
            out.writeStartObject();
            out.writeStringField("@timestamp", time.toString());
            out.writeStringField("event.kind", "event");
            out.writeStringField("event.dataset", "observatory.rejection");
            out.writeStringField("observatory.rejection.reason", REASON);
            out.writeStringField("observatory.rejection.detail", detail);
            out.writeStringField("observatory.rejection.index", bounded(write.index()));
            out.writeStringField("observatory.rejection.document", bounded(write.id()));
            if (simulated) {
                out.writeBooleanField("observatory.simulated", true);
            }
            out.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static String bounded(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST);
    }

    private static String id(PendingWrite write) {
        try {
            MessageDigest hash = MessageDigest.getInstance("SHA-256");
            hash.update(write.index().getBytes(StandardCharsets.UTF_8));
            hash.update((byte) 0);
            hash.update(write.id().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(Arrays.copyOf(hash.digest(), 16));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }

    /** Start of the day or month an index is named after. */
    private static Optional<Instant> dayOf(String index) {
        Matcher date = DATE_OF_INDEX.matcher(index);
        if (!date.find()) {
            return Optional.empty();
        }
        try {
            int day = date.group(3) == null ? 1 : Integer.parseInt(date.group(3));
            return Optional.of(LocalDate.of(Integer.parseInt(date.group(1)), Integer.parseInt(date.group(2)), day)
                    .atStartOfDay(ZoneOffset.UTC)
                    .toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** What can be read of a source that may not even be JSON, up to where it breaks. */
    private static final class Clues {
        private @Nullable Instant time;
        private boolean isSimulated;

        static Clues in(byte[] json) {
            Clues clues = new Clues();
            try (JsonParser in = JSON.createParser(json)) {
                if (in.nextToken() == JsonToken.START_OBJECT) {
                    clues.read(in);
                }
            } catch (IOException | DateTimeException | ArithmeticException e) {
                // It was refused for a reason; what was read until here stays.
            }
            return clues;
        }

        private void read(JsonParser in) throws IOException {
            while (in.nextToken() == JsonToken.FIELD_NAME) {
                String name = in.currentName();
                JsonToken value = in.nextToken();
                if ("@timestamp".equals(name)) {
                    time = instant(in, value);
                } else if ("observatory.simulated".equals(name)) {
                    isSimulated = value == JsonToken.VALUE_TRUE;
                }
                in.skipChildren();
            }
        }

        private static @Nullable Instant instant(JsonParser in, JsonToken value) throws IOException {
            Instant read = switch (value) {
                case VALUE_STRING -> DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(in.getText(), Instant::from);
                case VALUE_NUMBER_INT -> Instant.ofEpochMilli(in.getLongValue());
                default -> null;
            };
            return read == null || isOfOurTime(read) ? read : null;
        }

        /** An index for a day of the year 292278994 helps nobody. */
        private static boolean isOfOurTime(Instant time) {
            return time.isAfter(Instant.parse("1970-01-01T00:00:00Z"))
                    && time.isBefore(Instant.parse("2200-01-01T00:00:00Z"));
        }
    }
}
