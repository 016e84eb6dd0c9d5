package observatory.dashboards.panel;

/**
 * A column of a listing.
 *
 * @param label its heading
 * @param field what it shows; several values are joined
 * @param kind how it is written
 */
public record Column(String label, String field, Kind kind) {
    /** How a cell is written. */
    public enum Kind {
        /** As stored. */
        TEXT,
        /** A moment, in the reader's time zone. */
        TIME,
        /** A whole number, its thousands told apart. */
        COUNT,
        /** Octets. */
        BYTES
    }

    static Column text(String label, String field) {
        return new Column(label, field, Kind.TEXT);
    }

    static Column time(String label, String field) {
        return new Column(label, field, Kind.TIME);
    }

    static Column count(String label, String field) {
        return new Column(label, field, Kind.COUNT);
    }

    static Column bytes(String label, String field) {
        return new Column(label, field, Kind.BYTES);
    }
}
