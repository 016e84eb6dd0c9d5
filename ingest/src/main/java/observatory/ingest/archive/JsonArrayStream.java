package observatory.ingest.archive;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Shows a file that is one JSON array as lines with one element each, without moving a byte: commas between elements
 * become line ends, line ends inside elements become spaces. So offsets stay true, and the number of a line is the
 * number of the element.
 *
 * <pre>
 * [            (space)
 *   {"a": 1,     {"a": 1,
 *    "b": 2},     "b": 2}(line feed)
 *   {"a": 3}     {"a": 3}
 * ]            (line feed)
 * </pre>
 */
final class JsonArrayStream extends FilterInputStream {
    private int depth;
    private boolean isOpened;
    private boolean inString;
    private boolean isEscaped;

    JsonArrayStream(InputStream in) {
        super(in);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int read = super.read(bytes, offset, length);
        for (int i = offset; i < offset + read; i++) {
            bytes[i] = shown(bytes[i]);
        }
        return read;
    }

    private byte shown(byte b) {
        if (b == '\n' || b == '\r') {
            return ' ';
        }
        if (inString) {
            inString = isEscaped || b != '"';
            isEscaped = !isEscaped && b == '\\';
            return b;
        }
        switch (b) {
            case '"' -> inString = true;
            case '{', '[' -> {
                if (!isOpened) {
                    isOpened = true;
                    return ' ';
                }
                depth++;
            }
            case '}', ']' -> {
                if (depth == 0) {
                    return '\n';
                }
                depth--;
            }
            case ',' -> {
                return depth == 0 ? (byte) '\n' : b;
            }
            default -> {
                return b;
            }
        }
        return b;
    }
}
