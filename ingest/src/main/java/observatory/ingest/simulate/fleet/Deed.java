package observatory.ingest.simulate.fleet;

/**
 * Something a phone does besides its habits, because it was planted. Times and spans are microseconds.
 *
 * @param manner how it talks
 * @param purpose what for, as the truth tells it
 * @param target name or address of the other side
 * @param port the server's port
 * @param during when it does so; the first time is the beginning, unless the phone is off
 * @param rhythm how its visits follow each other
 * @param every mean span between visits; 0 for a single one
 * @param up bytes the phone sends
 * @param down bytes it receives
 */
public record Deed(
        Manner manner,
        String purpose,
        String target,
        int port,
        Span during,
        Rhythm rhythm,
        long every,
        long up,
        long down) {

    /** How a phone talks. */
    public enum Manner {
        /** A TLS session to a name. */
        TLS,
        /** A TLS 1.0 session to a name. */
        OLD_TLS,
        /** HTTP in clear text. */
        HTTP,
        /** The control connection of FTP. */
        FTP,
        TELNET,
        TFTP,
        /** SIP over UDP. */
        SIP,
        /** TCP to an address that no lookup named, with nothing in it that a sensor could read. */
        NAMELESS,
        /** The other side opens a TCP connection to the phone's port, and the phone answers. */
        CALLED,
        /** The phone tries ports of its neighbours, once. */
        PROBE
    }

    /** How visits follow each other. */
    public enum Rhythm {
        /** Evenly, give or take two in a hundred; one visit in forty is missed. */
        STEADY,
        /** By chance, as people do. */
        IRREGULAR,
        /** Every day at the same time of the site's clock, whatever UTC says. */
        LOCAL_DAILY
    }
}
