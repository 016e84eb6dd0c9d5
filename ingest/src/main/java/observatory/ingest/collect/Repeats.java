package observatory.ingest.collect;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import observatory.ingest.decode.Format;
import observatory.ingest.decode.RawMessage;
import observatory.ingest.decode.Rejection;
import observatory.ingest.text.Bytes;

/**
 * The rule that takes out what a collector sent twice. A collector that is killed sends again from the last position that
 * it had written down, perhaps cut into other blocks. Blocks of one {@link Collected#stream} arrive in order and their
 * offsets are positions in its bytes, so one number a stream suffices: how far it has been seen.
 *
 * <pre>
 * seen so far      |=================|
 * wholly repeated       |----|             dropped
 * partly repeated                 |--|--->  cut at the line where the new begins
 * new                                |--->  passes
 * </pre>
 */
public final class Repeats {
    private Repeats() {}

    /** Where the stream has been seen to once this message is. Lines that were too long lie in it without being held. */
    public static long end(RawMessage message) {
        long end = message.offset() + message.payload().length;
        for (Rejection unreadable : message.unreadable()) {
            end = Math.max(end, unreadable.offset() + 1);
        }
        return end;
    }

    /**
     * What is new in a message.
     *
     * @param message a block of whole lines
     * @param seen how far its stream has been seen, from {@link #end}
     * @return the message itself, its new part, or empty when there is none
     */
    public static Optional<RawMessage> unseen(RawMessage message, long seen) {
        if (message.offset() >= seen) {
            return Optional.of(message);
        }
        byte[] payload = message.payload();
        int cut = (int) Math.min(seen - message.offset(), payload.length);
        int lineStart = lineStartAtOrAfter(payload, cut);
        List<Rejection> unreadable = message.unreadable().stream()
                .filter(rejection -> rejection.offset() >= seen)
                .toList();
        if (lineStart == payload.length && unreadable.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new RawMessage(
                message.format(),
                message.sensor(),
                message.site(),
                message.source(),
                message.firstLine() == 0 ? 0 : message.firstLine() + lines(payload, lineStart),
                message.offset() + lineStart,
                message.receivedNanos(),
                header(message, lineStart),
                Arrays.copyOfRange(payload, lineStart, payload.length),
                unreadable));
    }

    private static int lineStartAtOrAfter(byte[] payload, int cut) {
        if (cut == 0 || payload[cut - 1] == '\n') {
            return cut;
        }
        int lineFeed = Bytes.indexOf(payload, cut, payload.length, (byte) '\n');
        return lineFeed < 0 ? payload.length : lineFeed + 1;
    }

    private static long lines(byte[] payload, int until) {
        long lines = 0;
        for (int i = 0; i < until; i++) {
            lines += payload[i] == '\n' ? 1 : 0;
        }
        return lines;
    }

    /** The header lines in force at the cut: those before the block, and those in the part that is cut off. */
    private static byte[] header(RawMessage message, int until) {
        if (message.format() != Format.ZEEK_TSV) {
            return message.header();
        }
        ByteArrayOutputStream header = new ByteArrayOutputStream();
        header.writeBytes(message.header());
        byte[] payload = message.payload();
        for (int start = 0; start < until; ) {
            int lineFeed = Bytes.indexOf(payload, start, until, (byte) '\n');
            int end = lineFeed < 0 ? until : lineFeed + 1;
            if (payload[start] == '#') {
                header.write(payload, start, end - start);
            }
            start = end;
        }
        return header.toByteArray();
    }
}
