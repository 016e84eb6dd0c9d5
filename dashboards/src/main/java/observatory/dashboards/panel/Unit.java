package observatory.dashboards.panel;

/** What a figure counts, hence how it is written. */
public enum Unit {
    /** Whole things. */
    COUNT,
    /** Octets, written with decimal prefixes. */
    BYTES,
    /** A fraction of one, written in per cent. */
    SHARE
}
