package observatory.jobs.attribute;

/**
 * The exporter or sensor whose word is taken for a connection that several of them see.
 *
 * @param sensor its name
 * @param endNanos latest end of a flow it told of the connection, nanoseconds since 1970
 */
public record Witness(String sensor, long endNanos) {
    /**
     * A connection is the same while it pauses for less than this: exporters tell a long one in pieces, and the port may
     * be used again by another connection later.
     */
    static final long PAUSE_NANOS = 300_000_000_000L;

    /** Whether a flow that another tells is the same connection at the same time. */
    boolean coversFlowOf(String other, long startNanos) {
        return !sensor.equals(other) && startNanos <= endNanos + PAUSE_NANOS;
    }

    /** This witness after its next flow. */
    Witness until(long nanos) {
        return new Witness(sensor, Math.max(endNanos, nanos));
    }
}
