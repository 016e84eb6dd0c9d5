package observatory.ingest.text;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import observatory.ingest.decode.Decoded;
import observatory.ingest.decode.RawMessage;
import observatory.ingest.decode.Rejection.Reason;
import org.jspecify.annotations.Nullable;

/**
 * Reads a block of JSON objects, one a line. One streaming parser runs over the whole block, since a parser for each
 * line would cost as much as the parsing; after a fault a new one starts at the next line, so a broken line never takes
 * its neighbours with it.
 */
public final class JsonLines {
    /** Deeper than any event (Suricata statistics: 6); stops a nesting attack. */
    private static final int DEEPEST = 32;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxNumberLength(200)
                    .maxNameLength(10_000)
                    .build())
            .build();

    private JsonLines() {}

    /** Reads one kind of record; keeps the fields of the record at hand between its two methods. */
    public interface RecordReader {
        /**
         * Forgets the last record and reads the fields of the next, up to its END_OBJECT.
         *
         * @param json stands at START_OBJECT
         */
        void read(JsonParser json) throws IOException;

        /** Says what the record became, once. Called only when the record is one whole line. */
        void finish(Outcomes outcomes);
    }

    /** Decodes all lines of the message that are not blank. */
    public static Decoded decode(RawMessage message, RecordReader reader) {
        byte[] payload = message.payload();
        LineCursor cursor = new LineCursor(message);
        Outcomes outcomes = new Outcomes(cursor);
        JsonParser json = null;
        int base = 0;
        while (cursor.next()) {
            if (cursor.isBlank()) {
                continue;
            }
            if (firstByte(payload, cursor) != '{') {
                // Never given to the parser, so that lines of "[[[[" cannot make it read the block again and again.
                outcomes.reject(Reason.MALFORMED, "expected a JSON object on a line of its own");
                json = null;
                continue;
            }
            try {
                if (json == null) {
                    base = cursor.start();
                    json = FACTORY.createParser(payload, base, payload.length - base);
                }
                json.nextToken();
                reader.read(json);
                long end = base + json.currentLocation().getByteOffset();
                if (end > cursor.end() || !Bytes.isBlank(payload, (int) end, cursor.end())) {
                    outcomes.reject(Reason.MALFORMED, "expected one whole JSON object on the line");
                    json = null;
                } else {
                    reader.finish(outcomes);
                }
            } catch (IOException fault) {
                json = null;
                readAlone(payload, cursor, reader, outcomes);
            }
        }
        return outcomes.decoded();
    }

    /** Reads a head of bytes that may break off anywhere, as {@link observatory.ingest.Decoders} does for detection. */
    public static JsonParser parser(byte[] bytes, int from, int to) throws IOException {
        return FACTORY.createParser(bytes, from, to - from);
    }

    /**
     * Reads a line again that was no JSON, without its neighbours: what is said about it must not depend on them. Sensors
     * copy bytes from the wire into names, so a line whose only fault is its UTF-8 is read with U+FFFD in its place.
     */
    private static void readAlone(byte[] payload, LineCursor cursor, RecordReader reader, Outcomes outcomes) {
        int length = cursor.end() - cursor.start();
        String text = new String(payload, cursor.start(), length, StandardCharsets.UTF_8);
        try (JsonParser json = FACTORY.createParser(text.getBytes(StandardCharsets.UTF_8))) {
            json.nextToken();
            reader.read(json);
            if (json.nextToken() == null) {
                reader.finish(outcomes);
            } else {
                outcomes.reject(Reason.MALFORMED, "expected one whole JSON object on the line");
            }
        } catch (JsonEOFException cutOff) {
            outcomes.reject(Reason.MALFORMED, "not JSON: the line breaks off");
        } catch (IOException fault) {
            outcomes.reject(Reason.MALFORMED, "not JSON: " + firstLine(fault));
        }
    }

    private static byte firstByte(byte[] payload, LineCursor cursor) {
        int i = cursor.start();
        while (Bytes.isSpace(payload[i])) {
            i++;
        }
        return payload[i];
    }

    private static String firstLine(IOException fault) {
        String message = String.valueOf(fault.getMessage());
        int end = message.indexOf('\n');
        String line = end < 0 ? message : message.substring(0, end);
        return line.length() > 160 ? line.substring(0, 160) : line;
    }

    /** Points the slice at the text of a scalar token: of a string its content, of a number its digits. */
    public static Slice slice(JsonParser json, Slice slice, Scratch scratch) throws IOException {
        char[] characters = json.getTextCharacters();
        return scratch.copy(characters, json.getTextOffset(), json.getTextLength(), slice);
    }

    /** Whether the token is a value that has text: string, number, true, false. */
    public static boolean isScalar(@Nullable JsonToken token) {
        return token != null && token.isScalarValue() && token != JsonToken.VALUE_NULL;
    }

    /** A buffer to be used again for every value, so that a record costs no garbage before it is understood. */
    public static final class Scratch {
        private byte[] bytes = new byte[256];

        Slice copy(char[] characters, int offset, int length, Slice slice) {
            if (bytes.length < length) {
                bytes = new byte[Math.max(length, bytes.length * 2)];
            }
            int seen = 0;
            for (int i = 0; i < length; i++) {
                char c = characters[offset + i];
                seen |= c;
                bytes[i] = (byte) c;
            }
            if (seen < 0x80) {
                return slice.set(bytes, 0, length);
            }
            byte[] utf8 = new String(characters, offset, length).getBytes(StandardCharsets.UTF_8);
            return slice.set(utf8, 0, utf8.length);
        }
    }
}
