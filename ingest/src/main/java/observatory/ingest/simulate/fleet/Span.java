package observatory.ingest.simulate.fleet;

/**
 * A stretch of time.
 *
 * @param from its beginning, microseconds since 1970
 * @param to its end, not part of it
 */
public record Span(long from, long to) {
    /** Whether a moment lies in it. */
    public boolean holds(long time) {
        return from <= time && time < to;
    }
}
