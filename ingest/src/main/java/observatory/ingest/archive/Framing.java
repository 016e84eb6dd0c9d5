package observatory.ingest.archive;

/** How the messages of a file follow one another. */
public enum Framing {
    /** Lines of text, read in blocks. */
    LINES,
    /** Frames of a Frame Stream, read in blocks. */
    FRAMES,
    /** A packet capture; each exported datagram in it is a message. */
    CAPTURE,
    /** The file is one datagram. */
    DATAGRAM
}
