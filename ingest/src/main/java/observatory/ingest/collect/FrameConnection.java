package observatory.ingest.collect;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import observatory.ingest.dnstap.Frame;
import observatory.ingest.dnstap.Frame.Kind;
import observatory.ingest.dnstap.FrameStream;
import org.jspecify.annotations.Nullable;

/**
 * The receiving end of a Frame Streams connection: who may say what, when. The frames themselves are read by
 * {@link FrameStream}.
 *
 * <pre>
 * bidirectional   READY -&gt;   &lt;- ACCEPT   START -&gt;  data ...  STOP -&gt;   &lt;- FINISH
 * unidirectional                         START -&gt;  data ...  STOP -&gt;
 * </pre>
 */
final class FrameConnection {
    private final FrameStream in;
    private final OutputStream out;
    private boolean isStarted;
    private boolean isBidirectional;

    FrameConnection(InputStream in, OutputStream out) {
        this.in = new FrameStream(in);
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
            Frame frame = in.next();
            if (frame == null) {
                throw new EOFException("the stream ends without STOP");
            }
            switch (frame.kind()) {
                case DATA -> {
                    check(isStarted, "a data frame before START");
                    return frame.payload();
                }
                case READY -> {
                    check(
                            !isStarted && !isBidirectional && offersDnstap(frame),
                            "READY twice, or of something else than " + FrameStream.CONTENT_TYPE);
                    isBidirectional = true;
                    answer(Kind.ACCEPT);
                }
                case START -> {
                    check(
                            !isStarted && offersDnstap(frame),
                            "START twice, or of something else than " + FrameStream.CONTENT_TYPE);
                    isStarted = true;
                }
                case STOP -> {
                    if (isBidirectional) {
                        answer(Kind.FINISH);
                    }
                    return null;
                }
                case TOO_LONG ->
                    throw new ProtocolException("a frame of " + frame.length() + " bytes, at most "
                            + FrameStream.LONGEST_FRAME + ", or " + FrameStream.LONGEST_CONTROL_FRAME + " of control");
                case ACCEPT, FINISH, UNKNOWN_CONTROL ->
                    throw new ProtocolException("a control frame that no sender has to send: " + frame.kind());
            }
        }
    }

    private static void check(boolean isAsAgreed, String otherwise) throws ProtocolException {
        if (!isAsAgreed) {
            throw new ProtocolException(otherwise);
        }
    }

    /** A stream that states no content type may be of any. */
    private static boolean offersDnstap(Frame control) {
        List<String> types = FrameStream.contentTypes(control);
        return types.isEmpty() || types.contains(FrameStream.CONTENT_TYPE);
    }

    private void answer(Kind control) throws IOException {
        out.write(FrameStream.control(control));
        out.flush();
    }
}
