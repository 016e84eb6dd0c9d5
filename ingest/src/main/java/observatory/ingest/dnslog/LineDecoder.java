package observatory.ingest.dnslog;

import static observatory.ingest.observation.FlowObservation.ABSENT;

import java.nio.charset.StandardCharsets;
import java.util.List;
import observatory.geo.address.IpAddress;
import observatory.ingest.decode.Decoded;
import observatory.ingest.decode.Decoder;
import observatory.ingest.decode.RawMessage;
import observatory.ingest.decode.Rejection;
import observatory.ingest.decode.Rejection.Reason;
import observatory.ingest.observation.DnsObservation;
import observatory.ingest.observation.DnsObservation.Answer;
import observatory.ingest.observation.Observation;
import observatory.ingest.syslog.SyslogPrefix;
import observatory.ingest.text.LineCursor;
import observatory.ingest.text.Outcomes;
import observatory.ingest.text.Slice;
import observatory.ingest.text.WallClock;
import observatory.ingest.text.WordCache;
import org.jspecify.annotations.Nullable;

/**
 * What decoders of line logs share: the walk over the lines of a block, the syslog prefix, the time, and a cursor over the
 * words of a line. Each line that is not blank becomes one observation or one rejection.
 */
abstract class LineDecoder implements Decoder {
    /** Names are at most 255 bytes on the wire and four times that when every byte is escaped; longer is no name. */
    private static final int LONGEST_NAME = 1024;

    private static final int LARGEST_PORT = 65_535;

    final SyslogPrefix prefix = new SyslogPrefix();
    final Slice word = new Slice();
    final WordCache words = new WordCache();

    private final String observerType;
    private @Nullable RawMessage current;
    private @Nullable WallClock currentClock;
    private @Nullable Outcomes currentOutcomes;
    private long timeNanos;

    /** The block and, in it, the line from the first byte not yet read to its end. */
    byte[] bytes = new byte[0];

    int at;
    int end;

    LineDecoder(String observerType) {
        this.observerType = observerType;
    }

    @Override
    public final Decoded decode(RawMessage message) {
        current = message;
        currentClock = WallClock.of(message);
        begin();
        if (remembers()) {
            readBefore(message);
        }
        return decodeLines(message);
    }

    /** The header's lines after its first are the last ones of the block before: they are read, and count for nothing. */
    private void readBefore(RawMessage message) {
        byte[] before = WallClock.linesAfterStated(message);
        if (before.length > 0) {
            decodeLines(new RawMessage(
                    message.format(),
                    message.sensor(),
                    message.site(),
                    message.source(),
                    1,
                    0,
                    message.receivedNanos(),
                    new byte[0],
                    before,
                    List.of()));
        }
    }

    private Decoded decodeLines(RawMessage message) {
        LineCursor cursor = new LineCursor(message);
        Outcomes outcomes = new Outcomes(cursor);
        current = message;
        currentOutcomes = outcomes;
        bytes = message.payload();
        while (cursor.next()) {
            if (!cursor.isBlank()) {
                end = cursor.end();
                at = prefix.read(bytes, cursor.start(), end, clock());
                timeNanos = prefix.timeNanos();
                skipSpaces();
                line();
            }
        }
        finish();
        return outcomes.decoded();
    }

    /** Forgets what was remembered of the last block. */
    void begin() {}

    /** Says what became of a record whose last line was the block's last. */
    void finish() {}

    /** Whether a line can mean more when those before it were read. */
    boolean remembers() {
        return false;
    }

    /** Says what the line became, once, by {@link #observe} or one of the rejections. */
    abstract void line();

    final RawMessage message() {
        if (current == null) {
            throw new IllegalStateException("no message is being decoded");
        }
        return current;
    }

    final WallClock clock() {
        if (currentClock == null) {
            throw new IllegalStateException("no message is being decoded");
        }
        return currentClock;
    }

    private Outcomes outcomes() {
        if (currentOutcomes == null) {
            throw new IllegalStateException("no message is being decoded");
        }
        return currentOutcomes;
    }

    final String observerType() {
        return observerType;
    }

    final void observe(Observation observation) {
        outcomes().observe(observation);
    }

    final void unused(String kind) {
        outcomes().rejectUnused(observerType, kind);
    }

    final void reject(Reason reason, String detail) {
        outcomes().reject(reason, detail);
    }

    final void rejectMalformed(String wanted) {
        reject(Reason.MALFORMED, "expected " + wanted);
    }

    final void rejectValue(String field, CharSequence found, String wanted) {
        String text = found.length() > 60 ? found.subSequence(0, 60) + "..." : found.toString();
        String safe = Rejection.sample(text.getBytes(StandardCharsets.UTF_8));
        reject(Reason.BAD_VALUE, field + ": found '" + safe + "', wanted " + wanted);
    }

    /** The time of the line where its own format states one, instead of the prefix. */
    final void timeIs(long nanos) {
        timeNanos = nanos;
    }

    /**
     * The time of the line; a line without one is as old as its message was when it was received, or its file when it was
     * written last. Rejects the line when there is none, and returns {@link Slice#INVALID}.
     */
    final long time() {
        if (timeNanos == ABSENT) {
            timeNanos = clock().referenceNanos();
            if (timeNanos == Slice.INVALID) {
                reject(Reason.MISSING_FIELD, "the line has no time, and nothing tells when it was written");
            }
        } else if (timeNanos == Slice.INVALID) {
            reject(Reason.BAD_VALUE, "time: no such time, or nothing tells its year");
        }
        return timeNanos;
    }

    final void observeDns(
            String sensorId,
            @Nullable IpAddress client,
            int clientPort,
            @Nullable IpAddress resolver,
            int resolverPort,
            int protocol,
            @Nullable String question,
            @Nullable String questionType,
            @Nullable String responseCode,
            boolean response,
            List<Answer> answers) {
        long time = time();
        if (time != Slice.INVALID) {
            observe(new DnsObservation(
                    message().sensor(),
                    message().site(),
                    observerType,
                    sensorId,
                    time,
                    client,
                    clientPort,
                    resolver,
                    resolverPort,
                    protocol,
                    question,
                    questionType,
                    responseCode,
                    response,
                    answers));
        }
    }

    final void skipSpaces() {
        while (at < end && (bytes[at] == ' ' || bytes[at] == '\t')) {
            at++;
        }
    }

    /** Whether the rest of the line begins so; does not move. */
    final boolean isAt(String ascii) {
        return startsWith(at, ascii);
    }

    final boolean startsWith(int from, String ascii) {
        if (from + ascii.length() > end) {
            return false;
        }
        for (int i = 0; i < ascii.length(); i++) {
            if (bytes[from + i] != ascii.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Moves over the text if the rest of the line begins with it. */
    final boolean skip(String ascii) {
        boolean is = isAt(ascii);
        at += is ? ascii.length() : 0;
        return is;
    }

    /** Position of the text in the rest of the line, or -1. */
    final int find(String ascii) {
        return find(at, ascii);
    }

    final int find(int from, String ascii) {
        byte first = (byte) ascii.charAt(0);
        for (int i = from; i <= end - ascii.length(); i++) {
            if (bytes[i] == first && startsWith(i, ascii)) {
                return i;
            }
        }
        return -1;
    }

    /** The bytes up to the next space, and moves behind it and those that follow; empty at the end of the line. */
    final Slice word() {
        int start = at;
        while (at < end && bytes[at] != ' ' && bytes[at] != '\t') {
            at++;
        }
        word.set(bytes, start, at);
        skipSpaces();
        return word;
    }

    final Slice slice(int from, int to) {
        return word.set(bytes, from, Math.max(from, to));
    }

    /** Nanoseconds since midnight of {@code hh:mm:ss} with any fraction; {@link Slice#INVALID} when it is none. */
    final long clockTime(int from, int to) {
        int colon = indexOf(from, to, ':');
        int second = colon < 0 ? -1 : indexOf(colon + 1, to, ':');
        if (second < 0) {
            return Slice.INVALID;
        }
        long hours = slice(from, colon).count();
        long minutes = slice(colon + 1, second).count();
        long nanos = slice(second + 1, to).nanos();
        // A leap second is written as 60 and read as the first second of the next minute.
        boolean isTime =
                hours >= 0 && hours < 24 && minutes >= 0 && minutes < 60 && nanos >= 0 && nanos < 61_000_000_000L;
        return isTime ? (hours * 60 + minutes) * 60_000_000_000L + nanos : Slice.INVALID;
    }

    /** A domain name as we keep names; null for the root and for what is no name. */
    static @Nullable String name(Slice text) {
        return text.length() > LONGEST_NAME ? null : text.name();
    }

    /** An address, without the zone that link-local ones carry. */
    final @Nullable IpAddress address(int from, int to) {
        int stop = from;
        while (stop < to && bytes[stop] != '%') {
            stop++;
        }
        return IpAddress.parse(word.set(bytes, from, Math.max(from, stop)));
    }

    /** A port, or {@link observatory.ingest.observation.FlowObservation#ABSENT} when it is none. */
    final int port(int from, int to) {
        long number = word.set(bytes, from, Math.max(from, to)).count();
        return number < 0 || number > LARGEST_PORT ? ABSENT : (int) number;
    }

    /** Position of the byte in {@code [from, to)}, or -1. */
    final int indexOf(int from, int to, char wanted) {
        for (int i = from; i < to; i++) {
            if (bytes[i] == wanted) {
                return i;
            }
        }
        return -1;
    }

    final int lastIndexOf(int from, int to, char wanted) {
        for (int i = to - 1; i >= from; i--) {
            if (bytes[i] == wanted) {
                return i;
            }
        }
        return -1;
    }
}
