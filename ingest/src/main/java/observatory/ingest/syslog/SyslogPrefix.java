package observatory.ingest.syslog;

import observatory.ingest.observation.FlowObservation;
import observatory.ingest.text.Slice;
import observatory.ingest.text.Timestamp;
import observatory.ingest.text.WallClock;

/**
 * What stands before the message in a line that came by syslog or lies in a file that a syslog daemon wrote. All parts
 * are optional, and a line without any of them is all message:
 *
 * <pre>
 * &lt;30&gt;Nov 22 17:46:57 gw dnsmasq[462]: ...           RFC 3164, as sent
 * Nov 22 17:46:57 gw dnsmasq[462]: ...               as filed, with or without the host
 * Nov 22 2026 17:46:57.123 gw dnsmasq: ...           routers that add year or fraction
 * 2026-11-22T17:46:57.123+01:00 gw unbound: ...      rsyslog's own file format
 * &lt;30&gt;1 2026-11-22T17:46:57Z gw unbound 462 - - ... RFC 5424, structured data passed over
 * 2026-11-22T17:46:57.1Z stdout F ...                container logs (CRI)
 * 17:46:57: ...                                      pihole -t
 * </pre>
 *
 * <p>Years and zones that are not stated come from the {@link WallClock}. Reading allocates nothing, never throws, and
 * costs at most {@value #LONGEST_PREFIX} bytes of looking. An instance is used again for every line, by one thread.
 */
public final class SyslogPrefix {
    /** No prefix is longer: bounds the work that a megabyte of structured data can cause. */
    public static final int LONGEST_PREFIX = 8192;

    /** Longest host name (RFC 5424 section 6). */
    private static final int LONGEST_HOST = 255;

    /** Longest tag; RFC 3164 says 32, RFC 5424 gives APP-NAME 48, and programs write paths. */
    private static final int LONGEST_TAG = 128;

    private static final int LARGEST_PRIORITY = 191;
    private static final int NANO_DIGITS = 9;

    private final Slice host = new Slice();
    private final Slice tag = new Slice();
    private final Slice processId = new Slice();
    private final Slice word = new Slice();
    private byte[] line = new byte[0];
    private int end;
    private int at;
    private int priority;
    private long timeNanos;
    private long fraction;

    /**
     * Reads the prefix of {@code bytes[from, to)}.
     *
     * @return index of the first byte of the message; {@code to} when there is none
     */
    public int read(byte[] bytes, int from, int to, WallClock clock) {
        line = bytes;
        end = to;
        at = from;
        priority = FlowObservation.ABSENT;
        timeNanos = FlowObservation.ABSENT;
        host.set(bytes, from, from);
        tag.set(bytes, from, from);
        processId.set(bytes, from, from);
        skipColour();
        boolean hasPriority = readPriority();
        if (hasPriority && isVersion()) {
            readProtocol(clock);
        } else if (readTime(clock)) {
            readOrigin();
        } else if (hasPriority) {
            readTag(at);
        }
        return at;
    }

    /** Facility times 8 plus severity, 0..191; {@link FlowObservation#ABSENT} when not stated. */
    public int priority() {
        return priority;
    }

    /**
     * When, nanoseconds since 1970; {@link FlowObservation#ABSENT} when not stated, {@link Slice#INVALID} when there is no
     * such time (30 February) or nothing tells its year.
     */
    public long timeNanos() {
        return timeNanos;
    }

    /** The host that logged, as it calls itself; empty when not stated. Valid until the next reading. */
    public Slice host() {
        return host;
    }

    /** The program that logged ({@code dnsmasq}); empty when not stated. Valid until the next reading. */
    public Slice tag() {
        return tag;
    }

    /** What stands in brackets after the tag, mostly a process id; empty when not stated. */
    public Slice processId() {
        return processId;
    }

    /** {@code pihole -t} colours whole lines: ESC [ digits m. */
    private void skipColour() {
        int limit = Math.min(end, at + 16);
        if (at + 2 < limit && line[at] == 0x1b && line[at + 1] == '[') {
            int i = at + 2;
            while (i < limit && (isDigit(line[i]) || line[i] == ';')) {
                i++;
            }
            at = i < limit && line[i] == 'm' ? i + 1 : at;
        }
    }

    private boolean readPriority() {
        if (at >= end || line[at] != '<') {
            return false;
        }
        int value = 0;
        int i = at + 1;
        while (i < end && i < at + 4 && isDigit(line[i])) {
            value = value * 10 + line[i] - '0';
            i++;
        }
        if (i == at + 1 || i >= end || line[i] != '>' || value > LARGEST_PRIORITY) {
            return false;
        }
        priority = value;
        at = i + 1;
        return true;
    }

    /** {@code 1 } after the priority says RFC 5424; a day or a year cannot stand there. */
    private boolean isVersion() {
        return at + 1 < end && line[at] >= '1' && line[at] <= '9' && line[at + 1] == ' ';
    }

    /** RFC 5424 section 6: VERSION SP TIMESTAMP SP HOSTNAME SP APP-NAME SP PROCID SP MSGID SP STRUCTURED-DATA [SP MSG]. */
    private void readProtocol(WallClock clock) {
        int version = at;
        at += 2;
        boolean isWhole = field(word, LONGEST_TAG);
        if (isWhole) {
            timeNanos = word.is("-") ? FlowObservation.ABSENT : isoTime(word, clock);
        }
        isWhole = isWhole
                && field(host, LONGEST_HOST)
                && field(tag, LONGEST_TAG)
                && field(processId, LONGEST_TAG)
                && field(word, LONGEST_TAG)
                && skipStructuredData();
        if (!isWhole) {
            // What is no header is message: it is not for us to lose it.
            at = version;
            return;
        }
        clearIfNil(host);
        clearIfNil(tag);
        clearIfNil(processId);
        if (at + 3 <= end && line[at] == (byte) 0xef && line[at + 1] == (byte) 0xbb && line[at + 2] == (byte) 0xbf) {
            at += 3;
        }
    }

    private void clearIfNil(Slice slice) {
        if (slice.is("-")) {
            slice.set(line, at, at);
        }
    }

    /** The bytes up to the next space; moves behind the space. */
    private boolean field(Slice into, int longest) {
        int limit = Math.min(end, at + longest + 1);
        int i = at;
        while (i < limit && line[i] != ' ') {
            i++;
        }
        if (i == at || i == limit) {
            return false;
        }
        into.set(line, at, i);
        at = i + 1;
        return true;
    }

    /** {@code -} or any number of {@code [id name="value" ...]}, in whose values {@code ]} and {@code "} are escaped. */
    private boolean skipStructuredData() {
        int limit = Math.min(end, at + LONGEST_PREFIX);
        int i = at;
        if (i < limit && line[i] == '-') {
            i++;
        } else {
            boolean isQuoted = false;
            int depth = 0;
            int start = i;
            while (i < limit && (depth > 0 || line[i] == '[')) {
                byte b = line[i];
                if (isQuoted && b == '\\') {
                    i++;
                } else if (b == '"') {
                    isQuoted = !isQuoted;
                } else if (!isQuoted && b == '[') {
                    depth++;
                } else if (!isQuoted && b == ']') {
                    depth--;
                }
                i++;
            }
            if (depth != 0 || i == start || i > limit) {
                return false;
            }
        }
        if (i < end && line[i] != ' ') {
            return false;
        }
        at = Math.min(end, i + 1);
        return true;
    }

    /** One of the times above, and the space or colon after it. */
    private boolean readTime(WallClock clock) {
        int start = at;
        boolean isTime = isMonth() ? readMonthTime(clock) : startsWithYear() ? readIsoTime(clock) : readDayTime(clock);
        if (!isTime) {
            at = start;
            timeNanos = FlowObservation.ABSENT;
        }
        return isTime;
    }

    private boolean isMonth() {
        return at + 4 < end && line[at + 3] == ' ' && month(line, at) > 0;
    }

    private boolean readMonthTime(WallClock clock) {
        int month = month(line, at);
        at += 3;
        skipSpaces();
        int day = number(2);
        if (day < 0 || at >= end || line[at] != ' ') {
            return false;
        }
        skipSpaces();
        int year = 0;
        if (at + 4 < end && line[at + 4] == ' ') {
            year = number(4);
            skipSpaces();
        }
        int second = secondOfDay();
        if (second < 0 || year < 0) {
            return false;
        }
        keepTime(
                year == 0
                        ? clock.nanosWithoutYear(month, day, second, fraction)
                        : clock.nanos(year, month, day, second, fraction));
        return true;
    }

    private boolean startsWithYear() {
        return at + 19 <= end
                && isDigit(line[at])
                && line[at + 4] == '-'
                && line[at + 7] == '-'
                && line[at + 13] == ':';
    }

    private boolean readIsoTime(WallClock clock) {
        int limit = Math.min(end, at + 48);
        // A date and a time may be parted by a space.
        int i = at + 11;
        while (i < limit && line[i] != ' ') {
            i++;
        }
        keepTime(isoTime(word.set(line, at, i), clock));
        at = i;
        return true;
    }

    /** With an offset it is an instant; without, it is read on the clock. */
    private static long isoTime(Slice text, WallClock clock) {
        int length = text.length();
        boolean hasOffset = length > 0 && (text.charAt(length - 1) == 'Z' || text.charAt(length - 1) == 'z');
        for (int i = 19; i < length && !hasOffset; i++) {
            hasOffset = text.charAt(i) == '+' || text.charAt(i) == '-';
        }
        long nanos = Timestamp.nanos(text);
        if (nanos == Slice.INVALID || hasOffset) {
            return nanos;
        }
        long seconds = Math.floorDiv(nanos, 1_000_000_000L);
        int year = digit(text, 0) * 1000 + digit(text, 1) * 100 + digit(text, 2) * 10 + digit(text, 3);
        int month = digit(text, 5) * 10 + digit(text, 6);
        int day = digit(text, 8) * 10 + digit(text, 9);
        return clock.nanos(
                year, month, day, (int) Math.floorMod(seconds, 86_400L), Math.floorMod(nanos, 1_000_000_000L));
    }

    private static int digit(Slice text, int index) {
        return text.charAt(index) - '0';
    }

    /** {@code 17:46:57: }, where the colon tells it from other text that begins with digits. */
    private boolean readDayTime(WallClock clock) {
        int second = secondOfDay();
        if (second < 0 || at >= end || line[at] != ':') {
            return false;
        }
        keepTime(clock.nanosWithoutDate(second, fraction));
        return true;
    }

    private void keepTime(long nanos) {
        timeNanos = nanos;
    }

    /** {@code hh:mm:ss} with any fraction, which is left in {@link #fraction}; -1 when there is none. */
    private int secondOfDay() {
        int hour = number(2);
        int minute = colon() ? number(2) : -1;
        int second = minute >= 0 && colon() ? number(2) : -1;
        fraction = 0;
        if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 60) {
            return -1;
        }
        if (at < end && line[at] == '.') {
            int digits = 0;
            for (at++; at < end && isDigit(line[at]) && digits < LONGEST_HOST; at++, digits++) {
                fraction = digits < NANO_DIGITS ? fraction * 10 + line[at] - '0' : fraction;
            }
            for (; digits < NANO_DIGITS; digits++) {
                fraction *= 10;
            }
        }
        return (hour * 60 + minute) * 60 + second;
    }

    private boolean colon() {
        if (at < end && line[at] == ':') {
            at++;
            return true;
        }
        return false;
    }

    /** One to {@code digits} digits, or -1. */
    private int number(int digits) {
        int value = 0;
        int start = at;
        while (at < end && at < start + digits && isDigit(line[at])) {
            value = value * 10 + line[at] - '0';
            at++;
        }
        return at == start ? -1 : value;
    }

    private void skipSpaces() {
        int limit = Math.min(end, at + 8);
        while (at < limit && line[at] == ' ') {
            at++;
        }
    }

    /** What stands between the time and the message: host and tag, only a tag, a stream of a container, or nothing. */
    private void readOrigin() {
        if (at < end && line[at] == ':') {
            at++;
            skipSpaces();
            return;
        }
        skipSpaces();
        if (skipStream() || readTag(at)) {
            return;
        }
        int start = at;
        if (field(host, LONGEST_HOST) && isHost()) {
            skipSpaces();
            if (readTag(at)) {
                return;
            }
        }
        host.set(line, start, start);
        at = start;
    }

    private boolean isHost() {
        for (int i = 0; i < host.length(); i++) {
            char c = host.charAt(i);
            boolean isName = Character.isLetterOrDigit(c) || c == '.' || c == '-' || c == '_' || c == ':' || c == '%';
            if (!isName) {
                return false;
            }
        }
        return true;
    }

    /** {@code stdout F }: stream and whether the line is whole, as container runtimes write them. */
    private boolean skipStream() {
        boolean isStream = at + 9 <= end
                && line[at] == 's'
                && line[at + 1] == 't'
                && line[at + 2] == 'd'
                && line[at + 6] == ' '
                && (line[at + 7] == 'F' || line[at + 7] == 'P')
                && line[at + 8] == ' ';
        at += isStream ? 9 : 0;
        return isStream;
    }

    /** {@code dnsmasq[462]: }, {@code unbound: }, {@code unbound[476:0] }; moves behind it. */
    private boolean readTag(int start) {
        int limit = Math.min(end, start + LONGEST_TAG);
        int i = start;
        while (i < limit && isTagCharacter(line[i])) {
            i++;
        }
        int nameEnd = i;
        if (nameEnd == start || i >= limit) {
            return false;
        }
        int bracket = i;
        if (line[i] == '[') {
            i++;
            while (i < limit && (isDigit(line[i]) || line[i] == ':')) {
                i++;
            }
            if (i == bracket + 1 || i >= limit || line[i] != ']') {
                return false;
            }
            i++;
        }
        boolean hasProcess = i > nameEnd;
        boolean hasColon = i < end && line[i] == ':';
        int after = hasColon ? i + 1 : i;
        if ((!hasProcess && !hasColon) || (after < end && line[after] != ' ')) {
            return false;
        }
        tag.set(line, start, nameEnd);
        if (hasProcess) {
            processId.set(line, bracket + 1, i - 1);
        }
        at = Math.min(end, after + 1);
        return true;
    }

    private static boolean isTagCharacter(byte b) {
        return (b >= 'a' && b <= 'z')
                || (b >= 'A' && b <= 'Z')
                || isDigit(b)
                || b == '-'
                || b == '_'
                || b == '.'
                || b == '/'
                || b == '(' // su(pam_unix)
                || b == ')';
    }

    /** The month whose English abbreviation stands here, 1..12; 0 when there is none. */
    public static int month(byte[] bytes, int from) {
        if (from + 3 > bytes.length) {
            return 0;
        }
        int letters = (bytes[from] | 0x20) << 16 | (bytes[from + 1] | 0x20) << 8 | (bytes[from + 2] | 0x20);
        return switch (letters) {
            case 'j' << 16 | 'a' << 8 | 'n' -> 1;
            case 'f' << 16 | 'e' << 8 | 'b' -> 2;
            case 'm' << 16 | 'a' << 8 | 'r' -> 3;
            case 'a' << 16 | 'p' << 8 | 'r' -> 4;
            case 'm' << 16 | 'a' << 8 | 'y' -> 5;
            case 'j' << 16 | 'u' << 8 | 'n' -> 6;
            case 'j' << 16 | 'u' << 8 | 'l' -> 7;
            case 'a' << 16 | 'u' << 8 | 'g' -> 8;
            case 's' << 16 | 'e' << 8 | 'p' -> 9;
            case 'o' << 16 | 'c' << 8 | 't' -> 10;
            case 'n' << 16 | 'o' << 8 | 'v' -> 11;
            case 'd' << 16 | 'e' << 8 | 'c' -> 12;
            default -> 0;
        };
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }
}
