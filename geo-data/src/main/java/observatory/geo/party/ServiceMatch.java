package observatory.geo.party;

/**
 * A catalogue entry that holds for a destination.
 *
 * @param entry the entry
 * @param kind what was matched
 * @param pattern the entry's own host, suffix, block or AS
 */
public record ServiceMatch(ServiceEntry entry, Kind kind, String pattern) {

    /** What of a destination an entry was matched by, strongest first. */
    public enum Kind {
        NAME,
        TARGET,
        BLOCK,
        AS
    }

    /** Whether no name was needed. */
    public boolean isByRange() {
        return kind == Kind.BLOCK || kind == Kind.AS;
    }
}
