package observatory.ingest.zeek;

import java.util.Arrays;
import java.util.List;
import observatory.ingest.decode.Decoded;
import observatory.ingest.decode.Decoder;
import observatory.ingest.decode.RawMessage;
import observatory.ingest.decode.Rejection.Reason;
import observatory.ingest.identity.UserAgents;
import observatory.ingest.text.Bytes;
import observatory.ingest.text.LineCursor;
import observatory.ingest.text.Outcomes;
import observatory.ingest.text.Slice;
import org.jspecify.annotations.Nullable;

/**
 * Decodes blocks of Zeek's tab-separated logs, with any separators and columns, and with headers that change on the way
 * (concatenated logs). Keeps nothing between messages but buffers; one instance serves one thread.
 */
public final class ZeekTsvDecoder implements Decoder {
    private final ZeekRecord record = new ZeekRecord();
    private final UserAgents userAgents = new UserAgents();
    private final Slice value = new Slice();
    private byte[] lastHeaderLines = new byte[0];
    private ZeekHeader lastHeader = ZeekHeader.NONE;
    private String lastSource = "";
    private @Nullable String lastSourcePath;
    private byte[] unescaped = new byte[256];

    @Override
    public Decoded decode(RawMessage message) {
        byte[] payload = message.payload();
        LineCursor cursor = new LineCursor(message);
        Outcomes outcomes = new Outcomes(cursor);
        ZeekObservations observations = new ZeekObservations(message, record, outcomes, userAgents);
        ZeekHeader header = headerOf(message);
        while (cursor.next()) {
            int start = cursor.start();
            if (start < cursor.end() && payload[start] == '#') {
                header = header.with(payload, start, cursor.end());
            } else if (!cursor.isBlank()) {
                decodeLine(header, payload, cursor, outcomes, observations);
            }
        }
        return outcomes.decoded();
    }

    /** Blocks of one file mostly start under the same header, so that reading it once is enough. */
    private ZeekHeader headerOf(RawMessage message) {
        if (!Arrays.equals(message.header(), lastHeaderLines)) {
            lastHeaderLines = message.header();
            lastHeader = ZeekHeader.NONE.withAll(lastHeaderLines);
        }
        return lastHeader;
    }

    private void decodeLine(
            ZeekHeader header, byte[] payload, LineCursor cursor, Outcomes outcomes, ZeekObservations observations) {
        String path = pathOf(header, cursor.message());
        if (header.columns().isEmpty()) {
            outcomes.reject(Reason.MALFORMED, "expected a #fields line before this record");
            return;
        }
        record.clear();
        int columns = readColumns(header, payload, cursor.start(), cursor.end());
        if (columns != header.columns().size()) {
            outcomes.reject(
                    Reason.MALFORMED,
                    "found " + columns + " columns, wanted " + header.columns().size() + " as in #fields");
            return;
        }
        observations.finish(
                path == null ? ZeekLog.UNUSED : ZeekLog.ofPath(path), path == null ? "without #path" : path);
    }

    private @Nullable String pathOf(ZeekHeader header, RawMessage message) {
        if (header.path() != null) {
            return header.path();
        }
        if (!message.source().equals(lastSource)) {
            lastSource = message.source();
            lastSourcePath = ZeekLogName.ofFile(lastSource);
        }
        return lastSourcePath;
    }

    /** Reads the values into the record and returns how many columns the line has. */
    private int readColumns(ZeekHeader header, byte[] payload, int start, int end) {
        List<@Nullable ZeekField> columns = header.columns();
        byte[] separator = header.separator();
        int column = 0;
        int from = start;
        while (true) {
            int to = indexOf(payload, from, end, separator);
            ZeekField field = column < columns.size() ? columns.get(column) : null;
            if (field != null) {
                readValue(header, field, payload, from, to < 0 ? end : to);
            }
            column++;
            if (to < 0) {
                return column;
            }
            from = to + separator.length;
        }
    }

    private void readValue(ZeekHeader header, ZeekField field, byte[] payload, int from, int to) {
        if (isSame(payload, from, to, header.unsetField())) {
            return;
        }
        boolean isEmpty = isSame(payload, from, to, header.emptyField());
        if (field.type == ZeekField.Type.LIST) {
            if (!isEmpty) {
                readElements(header, field, payload, from, to);
            }
        } else if (isEmpty) {
            record.set(field, value.set(payload, from, from));
        } else {
            record.set(field, plain(payload, from, to));
        }
    }

    private void readElements(ZeekHeader header, ZeekField field, byte[] payload, int from, int to) {
        byte[] separator = header.setSeparator();
        int start = from;
        while (true) {
            int next = indexOf(payload, start, to, separator);
            record.add(field, plain(payload, start, next < 0 ? to : next));
            if (next < 0) {
                return;
            }
            start = next + separator.length;
        }
    }

    /**
     * The value with the escapes of printable characters resolved: Zeek escapes a comma in an element as {@code \x2c}.
     * Escapes of other bytes stay as they are written, for that is the printable form.
     */
    private Slice plain(byte[] payload, int from, int to) {
        int escape = Bytes.indexOf(payload, from, to, (byte) '\\');
        if (escape < 0) {
            return value.set(payload, from, to);
        }
        if (unescaped.length < to - from) {
            unescaped = new byte[Math.max(to - from, unescaped.length * 2)];
        }
        int length = 0;
        int i = from;
        while (i < to) {
            int code = escapedCharacter(payload, i, to);
            unescaped[length++] = code < 0 ? payload[i] : (byte) code;
            i += code < 0 ? 1 : 4;
        }
        return value.set(unescaped, 0, length);
    }

    /** The printable character of an escape {@code \xHH} at this place, or -1. */
    private static int escapedCharacter(byte[] payload, int at, int end) {
        if (payload[at] != '\\' || at + 4 > end || payload[at + 1] != 'x') {
            return -1;
        }
        int high = Character.digit(payload[at + 2], 16);
        int low = Character.digit(payload[at + 3], 16);
        int code = high * 16 + low;
        return high >= 0 && low >= 0 && code >= 0x20 && code < 0x7f ? code : -1;
    }

    private static boolean isSame(byte[] payload, int from, int to, byte[] wanted) {
        return to - from == wanted.length && Arrays.equals(payload, from, to, wanted, 0, wanted.length);
    }

    private static int indexOf(byte[] payload, int from, int end, byte[] wanted) {
        if (wanted.length == 0) {
            return -1;
        }
        int last = end - wanted.length;
        for (int i = from; i <= last; i++) {
            if (payload[i] == wanted[0] && (wanted.length == 1 || isSame(payload, i, i + wanted.length, wanted))) {
                return i;
            }
        }
        return -1;
    }
}
