package observatory.jobs.finding.beacon;

/**
 * How long a device has been watched: what is new, and what may have been there before anybody looked.
 *
 * @param sinceMillis since when, milliseconds since 1970
 * @param learnedMillis what began before is not new
 */
public record Watched(long sinceMillis, long learnedMillis) {
    private static final double PERIODS = 1.5;

    /** Whether what began at a time, and comes once in a period, would have been seen had it been there before. */
    boolean knows(long onsetMillis, long periodMillis) {
        return onsetMillis >= learnedMillis && onsetMillis - sinceMillis >= PERIODS * periodMillis;
    }
}
