package observatory.dashboards.panel;

/** The kind of drawing that fits the answer. */
public enum Chart {
    /** One big number. */
    METRIC,
    /** A map of the world, with what has no country beside it. */
    WORLD_MAP,
    /** Horizontal bars. */
    BARS,
    /** Stacked areas or bars over time. */
    OVER_TIME,
    /** Rows and columns. */
    TABLE
}
