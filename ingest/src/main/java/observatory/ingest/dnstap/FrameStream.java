package observatory.ingest.dnstap;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import observatory.ingest.dnstap.Frame.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Reads Frame Streams (github.com/farsightsec/fstrm), the framing of dnstap, from a file or a socket, and writes the
 * control frames of the handshake.
 *
 * <pre>
 * data frame     | length, 4 | payload ...
 * control frame  | 0, 4      | length, 4 | type, 4 | fields: | 1, 4 | length, 4 | content type ...
 * </pre>
 *
 * <p>All numbers are in network order. In a file: START, data frames, STOP. On a socket the writer begins with READY, is
 * answered ACCEPT, sends START and data frames, and ends with STOP, which is answered FINISH; a writer without handshake
 * begins with START. Holds one frame in memory.
 */
public final class FrameStream {
    /** The content type of dnstap. */
    public static final String CONTENT_TYPE = "protobuf:dnstap.Dnstap";

    /** Two DNS messages of 64 KiB and some fields. A longer frame is passed over, not held: the bound on one length field. */
    public static final int LONGEST_FRAME = 256 * 1024;

    /** Bound of Frame Streams itself on control frames (FSTRM_CONTROL_FRAME_LENGTH_MAX). */
    public static final int LONGEST_CONTROL_FRAME = 512;

    private static final int FIELD_CONTENT_TYPE = 1;

    private final InputStream in;
    private long unread;

    /** Reads from the stream, which the caller buffers and closes. */
    public FrameStream(InputStream in) {
        this.in = in;
    }

    /**
     * Reads the next frame. One beyond the bound is told before it is passed over, so that a caller may hang up instead.
     *
     * @return the frame, or null at the end of the stream between two frames
     * @throws EOFException when the stream ends within a frame
     * @throws IOException when the stream cannot be read
     */
    public @Nullable Frame next() throws IOException {
        in.skipNBytes(unread);
        unread = 0;
        byte[] first = in.readNBytes(Integer.BYTES);
        if (first.length == 0) {
            return null;
        }
        long length = number(whole(first, Integer.BYTES));
        if (length > 0) {
            return length > LONGEST_FRAME ? tooLong(length) : new Frame(Kind.DATA, read((int) length), length);
        }
        long control = number(read(Integer.BYTES));
        if (control > LONGEST_CONTROL_FRAME) {
            return tooLong(control);
        }
        byte[] content = read((int) control);
        if (control < Integer.BYTES) {
            return new Frame(Kind.UNKNOWN_CONTROL, content, control);
        }
        byte[] fields = new byte[content.length - Integer.BYTES];
        System.arraycopy(content, Integer.BYTES, fields, 0, fields.length);
        return new Frame(Kind.ofControl(ByteBuffer.wrap(content).getInt()), fields, control);
    }

    /** The content types that a control frame names; none when it names none or is broken. */
    public static List<String> contentTypes(Frame control) {
        ByteBuffer fields = ByteBuffer.wrap(control.payload());
        List<String> types = new ArrayList<>();
        while (fields.remaining() >= 2 * Integer.BYTES) {
            int field = fields.getInt();
            int length = fields.getInt();
            if (length < 0 || length > fields.remaining()) {
                return types;
            }
            byte[] value = new byte[length];
            fields.get(value);
            if (field == FIELD_CONTENT_TYPE) {
                types.add(new String(value, StandardCharsets.US_ASCII));
            }
        }
        return types;
    }

    /** A control frame as it goes on the wire; ACCEPT, START and READY name the content type of dnstap. */
    public static byte[] control(Kind kind) {
        boolean hasType = kind == Kind.ACCEPT || kind == Kind.START || kind == Kind.READY;
        byte[] type = hasType ? CONTENT_TYPE.getBytes(StandardCharsets.US_ASCII) : new byte[0];
        int content = Integer.BYTES + (hasType ? 2 * Integer.BYTES + type.length : 0);
        ByteBuffer frame = ByteBuffer.allocate(2 * Integer.BYTES + content);
        frame.putInt(0).putInt(content).putInt(typeOf(kind));
        if (hasType) {
            frame.putInt(FIELD_CONTENT_TYPE).putInt(type.length).put(type);
        }
        return frame.array();
    }

    /** A data frame as it goes on the wire, and as a message to the decoder is made of. */
    public static byte[] data(byte[] payload) {
        return ByteBuffer.allocate(Integer.BYTES + payload.length)
                .putInt(payload.length)
                .put(payload)
                .array();
    }

    private static int typeOf(Kind kind) {
        return switch (kind) {
            case ACCEPT -> 1;
            case START -> 2;
            case STOP -> 3;
            case READY -> 4;
            case FINISH -> 5;
            case DATA, UNKNOWN_CONTROL, TOO_LONG -> throw new IllegalArgumentException(kind + " is no control frame");
        };
    }

    private Frame tooLong(long length) {
        unread = length;
        return new Frame(Kind.TOO_LONG, new byte[0], length);
    }

    private byte[] read(int length) throws IOException {
        return whole(in.readNBytes(length), length);
    }

    private static byte[] whole(byte[] bytes, int length) throws EOFException {
        if (bytes.length < length) {
            throw new EOFException("the stream ends " + (length - bytes.length) + " bytes before its frame does");
        }
        return bytes;
    }

    private static long number(byte[] bytes) {
        return Integer.toUnsignedLong(ByteBuffer.wrap(bytes).getInt());
    }
}
