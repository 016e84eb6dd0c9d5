package observatory.ingest.text;

import observatory.ingest.decode.RawMessage;

/** Walks the lines of a message, blank ones included, and knows where each lies in the file. */
public final class LineCursor {
    private final RawMessage message;
    private final byte[] payload;
    private int start;
    private int end;
    private int next;
    private long line;
    private boolean isTerminated = true;

    public LineCursor(RawMessage message) {
        this.message = message;
        this.payload = message.payload();
        this.line = message.firstLine() - 1;
        this.next = message.offset() == 0 && Bytes.startsWithByteOrderMark(payload) ? 3 : 0;
    }

    /** Moves to the next line; false when there is none. */
    public boolean next() {
        if (next >= payload.length) {
            return false;
        }
        start = next;
        int lineFeed = Bytes.indexOf(payload, start, payload.length, (byte) '\n');
        isTerminated = lineFeed >= 0;
        end = isTerminated ? lineFeed : payload.length;
        next = isTerminated ? lineFeed + 1 : payload.length;
        if (end > start && payload[end - 1] == '\r') {
            end--;
        }
        line++;
        return true;
    }

    /** Index of the line's first byte in the payload. */
    public int start() {
        return start;
    }

    /** Index after the line's last byte, its line end not counted. */
    public int end() {
        return end;
    }

    public boolean isBlank() {
        return Bytes.isBlank(payload, start, end);
    }

    /** Number of the line in its file, from 1; 0 where the message has no lines. */
    public long line() {
        return message.firstLine() == 0 ? 0 : line;
    }

    /** Position of the line's first byte in the uncompressed file. */
    public long offset() {
        return message.offset() + start;
    }

    /** Whether the line is the last of its file and lacks its line end, so that it may be half a line. */
    public boolean isCutOff() {
        return !isTerminated && message.firstLine() > 0;
    }

    public RawMessage message() {
        return message;
    }
}
