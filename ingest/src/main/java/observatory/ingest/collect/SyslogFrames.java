package observatory.ingest.collect;

import java.io.ByteArrayOutputStream;

/**
 * Cuts the bytes of a syslog connection into messages, RFC 6587: each begins with its length, or ends with a line feed;
 * both may come on one connection. Out come lines.
 *
 * <pre>
 * octet counting   50 &lt;30&gt;Jan  1 00:00:00 host dnsmasq[1]: query...
 * line feed        &lt;30&gt;Jan  1 00:00:00 host dnsmasq[1]: query... LF
 * </pre>
 */
final class SyslogFrames {
    /** A longer message is left out and counted: the bound on a sender that never ends one. RFC 5425 asks for 8 KiB. */
    static final int LONGEST = 64 * 1024;

    private static final int MOST_DIGITS = 7;

    private enum State {
        START,
        LENGTH,
        AFTER_LENGTH,
        COUNTED,
        LINE,
        SKIPPED_LINE,
        SKIPPED_COUNTED
    }

    private final ByteArrayOutputStream lines = new ByteArrayOutputStream();
    private final ByteArrayOutputStream message = new ByteArrayOutputStream();
    private State state = State.START;
    private int digits;
    private long left;
    private long count;
    private long tooLong;

    /** Takes the next bytes of the connection. */
    void add(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            add(bytes[i]);
        }
    }

    private void add(byte b) {
        switch (state) {
            case START -> start(b);
            case LENGTH -> length(b);
            case AFTER_LENGTH -> afterLength(b);
            case COUNTED -> counted(b);
            case LINE -> line(b);
            case SKIPPED_LINE -> state = b == '\n' ? State.START : state;
            case SKIPPED_COUNTED -> state = --left == 0 ? State.START : state;
        }
    }

    private void start(byte b) {
        if (b == '\n' || b == 0) {
            return;
        }
        message.reset();
        digits = 0;
        left = 0;
        state = b >= '1' && b <= '9' ? State.LENGTH : State.LINE;
        add(b);
    }

    private void length(byte b) {
        boolean isDigit = b >= '0' && b <= '9';
        if (isDigit && digits < MOST_DIGITS) {
            digits++;
            left = left * 10 + (b - '0');
            message.write(b);
        } else if (b == ' ') {
            message.write(b);
            state = State.AFTER_LENGTH;
        } else {
            state = State.LINE; // a line that begins with a number: a date
            add(b);
        }
    }

    /** A number before a message is its length only if the message begins as syslog does. */
    private void afterLength(byte b) {
        if (b != '<') {
            state = State.LINE;
        } else if (left > LONGEST) {
            tooLong++;
            state = State.SKIPPED_COUNTED;
        } else {
            message.reset();
            state = State.COUNTED;
        }
        add(b);
    }

    private void counted(byte b) {
        message.write(b == '\n' || b == 0 ? ' ' : b);
        if (--left == 0) {
            finish();
        }
    }

    private void line(byte b) {
        if (b == '\n' || b == 0) {
            finish();
        } else if (message.size() >= LONGEST) {
            tooLong++;
            state = State.SKIPPED_LINE;
        } else {
            message.write(b);
        }
    }

    private void finish() {
        lines.writeBytes(message.toByteArray());
        lines.write('\n');
        message.reset();
        count++;
        state = State.START;
    }

    /** The connection ended: what was begun is a message too, as some senders do not end their last one. */
    void end() {
        boolean isBegun = state == State.LINE || state == State.LENGTH || state == State.AFTER_LENGTH;
        if (isBegun && message.size() > 0) {
            finish();
        } else if (state == State.COUNTED) {
            tooLong++; // cut off, and thus not usable either
        }
        state = State.START;
    }

    /** Size of what {@link #take} will give. */
    int size() {
        return lines.size();
    }

    /** The lines since the last time, each with its end. */
    byte[] take() {
        byte[] taken = lines.toByteArray();
        lines.reset();
        return taken;
    }

    /** Messages since the beginning. */
    long count() {
        return count;
    }

    /** Messages that were too long or cut off, since the beginning. */
    long unusable() {
        return tooLong;
    }
}
