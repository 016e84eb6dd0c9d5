package observatory.geo.attribution;

import java.util.Locale;

/** How far a name can be trusted. */
public enum NameState {
    /** Stated by the flow itself, or by an answer that was valid when the flow started. */
    FRESH,
    /** By an answer whose time to live was over when the flow started. */
    STALE,
    /** Two or more names were valid for the address; all are kept as candidates. */
    SHARED,
    /** Taken from an answer given to somebody else. */
    GUESSED,
    /** There is no name. */
    NONE;

    /** The name used in counters and documents. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
