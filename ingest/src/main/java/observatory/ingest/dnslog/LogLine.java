package observatory.ingest.dnslog;

import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import observatory.ingest.observation.FlowObservation;
import observatory.ingest.syslog.SyslogPrefix;
import observatory.ingest.text.WallClock;

/** One line of the beginning of a file of unknown format, cut at its prefix. Off the hot path: text, not bytes. */
final class LogLine {
    /** Enough of a line to know it by. */
    private static final int LOOKED_AT = 2048;

    private final String tag;
    private final String message;
    private final boolean isTimed;

    LogLine(byte[] bytes, int from, int to) {
        SyslogPrefix prefix = new SyslogPrefix();
        int end = Math.min(to, from + LOOKED_AT);
        int start = prefix.read(bytes, from, end, WallClock.of(0, ZoneOffset.UTC));
        tag = prefix.tag().text();
        message = new String(bytes, start, end - start, StandardCharsets.ISO_8859_1).strip();
        isTimed = prefix.timeNanos() != FlowObservation.ABSENT;
    }

    /** Whether the program that logged is called this, or this and a hyphen and more. */
    boolean hasTag(String program) {
        return tag.equals(program) || tag.startsWith(program + '-');
    }

    /** Whether a time stands before the message. */
    boolean isTimed() {
        return isTimed;
    }

    String message() {
        return message;
    }

    boolean startsWith(String text) {
        return message.startsWith(text);
    }

    boolean contains(String text) {
        return message.contains(text);
    }
}
