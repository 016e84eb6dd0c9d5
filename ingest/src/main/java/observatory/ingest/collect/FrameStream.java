package observatory.ingest.collect;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The receiving end of a Frame Streams connection, as the fstrm library defines it and dnstap uses it.
 *
 * <pre>
 * data frame      length (4, big endian, not 0) | that many bytes
 * control frame   0 (4) | length (4) | type (4) | fields: type (4) = 1 content type | length (4) | bytes
 *
 * bidirectional   READY -&gt;   &lt;- ACCEPT   START -&gt;  data ...  STOP -&gt;   &lt;- FINISH
 * unidirectional                         START -&gt;  data ...  STOP -&gt;
 * </pre>
 */
final class FrameStream {
    static final String DNSTAP = "protobuf:dnstap.Dnstap";

    /** The library's own bound on a control frame. */
    static final int LONGEST_CONTROL = 512;

    /** Two DNS messages of 64 KiB and what is said about them; a longer frame is an attack or not dnstap. */
    static final int LONGEST_FRAME = 256 * 1024;

    private static final int ACCEPT = 1;
    private static final int START = 2;
    private static final int STOP = 3;
    private static final int READY = 4;
    private static final int FINISH = 5;
    private static final int CONTENT_TYPE = 1;

    private final DataInputStream in;
    private final OutputStream out;
    private boolean isStarted;
    private boolean isBidirectional;

    FrameStream(InputStream in, OutputStream out) {
        this.in = new DataInputStream(in);
        this.out = out;
    }

    /** Bytes on the wire that are no Frame Streams, or not of dnstap. */
    static final class ProtocolException extends IOException {
        private static final long serialVersionUID = 1;

        ProtocolException(String message) {
            super(message);
        }
    }

    /**
     * The next data frame; shakes hands on the way.
     *
     * @return the frame without its length, or null when the sender has ended the stream in order
     * @throws EOFException when it ended without saying so
     * @throws ProtocolException when it breaks the protocol or a bound
     */
    byte @Nullable [] next() throws IOException {
        while (true) {
            int length = in.readInt();
            if (length != 0) {
                return data(length);
            }
            if (!control()) {
                return null;
            }
        }
    }

    private byte[] data(int length) throws IOException {
        if (!isStarted) {
            throw new ProtocolException("a data frame before START");
        }
        if (length < 0 || length > LONGEST_FRAME) {
            throw new ProtocolException(
                    "a data frame of " + Integer.toUnsignedString(length) + " bytes, at most " + LONGEST_FRAME);
        }
        byte[] frame = new byte[length];
        in.readFully(frame);
        return frame;
    }

    /** Whether the stream goes on. */
    private boolean control() throws IOException {
        int length = in.readInt();
        if (length < Integer.BYTES || length > LONGEST_CONTROL) {
            throw new ProtocolException(
                    "a control frame of " + Integer.toUnsignedString(length) + " bytes, at most " + LONGEST_CONTROL);
        }
        byte[] bytes = new byte[length];
        in.readFully(bytes);
        ByteBuffer frame = ByteBuffer.wrap(bytes);
        int type = frame.getInt();
        switch (type) {
            case READY -> {
                if (isStarted || isBidirectional || !offersDnstap(frame)) {
                    throw new ProtocolException("READY twice, or without " + DNSTAP);
                }
                isBidirectional = true;
                write(ACCEPT, true);
            }
            case START -> {
                if (isStarted || !offersDnstap(frame)) {
                    throw new ProtocolException("START twice, or of something else than " + DNSTAP);
                }
                isStarted = true;
            }
            case STOP -> {
                if (isBidirectional) {
                    write(FINISH, false);
                }
                return false;
            }
            default -> throw new ProtocolException("a control frame of type " + type);
        }
        return true;
    }

    /** A stream that states no content type may be of any. */
    private static boolean offersDnstap(ByteBuffer fields) throws ProtocolException {
        byte[] wanted = DNSTAP.getBytes(StandardCharsets.US_ASCII);
        boolean isStated = false;
        while (fields.remaining() >= 2 * Integer.BYTES) {
            int type = fields.getInt();
            int length = fields.getInt();
            if (type != CONTENT_TYPE || length < 0 || length > fields.remaining()) {
                throw new ProtocolException("a control field of type " + type + " with " + length + " bytes");
            }
            byte[] content = new byte[length];
            fields.get(content);
            if (Arrays.equals(content, wanted)) {
                return true;
            }
            isStated = true;
        }
        return !isStated;
    }

    private void write(int type, boolean withContentType) throws IOException {
        byte[] content = withContentType ? DNSTAP.getBytes(StandardCharsets.US_ASCII) : new byte[0];
        int length = Integer.BYTES + (withContentType ? 2 * Integer.BYTES + content.length : 0);
        ByteBuffer frame = ByteBuffer.allocate(2 * Integer.BYTES + length);
        frame.putInt(0).putInt(length).putInt(type);
        if (withContentType) {
            frame.putInt(CONTENT_TYPE).putInt(content.length).put(content);
        }
        out.write(frame.array());
        out.flush();
    }
}
