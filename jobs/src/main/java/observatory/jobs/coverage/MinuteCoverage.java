package observatory.jobs.coverage;

/**
 * What a sensor delivered in a stretch of time.
 *
 * @param state whether it delivered
 * @param minutes length of the stretch: 1 when receiving, 1 to 60 when silent
 * @param tally the counts, all zero when silent; its {@code minuteMillis} is the start of the stretch
 */
public record MinuteCoverage(State state, long minutes, Tally tally) {

    /** Whether a sensor delivered. */
    public enum State {
        /** Something arrived. */
        RECEIVING,
        /** Nothing arrived for so long that it cannot be the rhythm of the network. */
        SILENT
    }
}
