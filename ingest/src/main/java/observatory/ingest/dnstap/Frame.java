package observatory.ingest.dnstap;

/**
 * One frame of a Frame Stream.
 *
 * @param kind data, or which control frame
 * @param payload of a data frame its content; of a control frame its fields as they stand on the wire, after the type;
 *     empty for {@link Kind#TOO_LONG}
 * @param length bytes that the frame says it has, without the escape and length fields
 */
public record Frame(Kind kind, byte[] payload, long length) {
    /** Kinds of frames; control types as Frame Streams numbers them. */
    public enum Kind {
        /** A dnstap message. */
        DATA,
        /** The reader accepts these content types. */
        ACCEPT,
        /** Data frames follow. */
        START,
        /** No more data frames follow. */
        STOP,
        /** The writer is ready and offers these content types. */
        READY,
        /** The reader has read all up to STOP. */
        FINISH,
        /** A control frame of a type that Frame Streams does not know, or broken. */
        UNKNOWN_CONTROL,
        /** A frame beyond the bound; its bytes were passed over. */
        TOO_LONG;

        private static final Kind[] CONTROLS = {ACCEPT, START, STOP, READY, FINISH};

        static Kind ofControl(int type) {
            return type >= 1 && type <= CONTROLS.length ? CONTROLS[type - 1] : UNKNOWN_CONTROL;
        }
    }

    /** Whether this is a control frame, which carries no record. */
    public boolean isControl() {
        return kind != Kind.DATA && kind != Kind.TOO_LONG;
    }
}
