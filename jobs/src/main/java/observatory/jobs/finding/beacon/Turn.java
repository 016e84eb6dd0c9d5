package observatory.jobs.finding.beacon;

/**
 * What became known of a series of contacts.
 *
 * @param what what became known
 * @param onsetMillis since when it has been so, milliseconds since 1970
 * @param periodMillis the period
 * @param score how even the contacts are, 0 to 1
 * @param from what it was before, in words; empty when there was nothing
 * @param to what it is, in words
 */
public record Turn(What what, long onsetMillis, long periodMillis, double score, String from, String to) {

    /** What can become known. */
    public enum What {
        /** Periodic contact began while the device was being watched. */
        BEGAN,
        /** Contact is periodic, and began before anybody could say what is new; or it still is. */
        KNOWN,
        PERIOD,
        SIZE,
        PLACE;

        /** Whether it is a change of periodic contact that was known. */
        public boolean isChange() {
            return this == PERIOD || this == SIZE || this == PLACE;
        }
    }

    /** A span as people say it: {@code 5 s}, {@code 20 min}, {@code 4.0 h}, {@code 7.0 d}. */
    public static String inWords(long millis) {
        double seconds = millis / 1_000.0;
        if (seconds < 120) {
            return Math.round(seconds) + " s";
        }
        if (seconds < 2 * 3_600) {
            return Math.round(seconds / 60) + " min";
        }
        double hours = seconds / 3_600;
        return hours < 48 ? Math.round(hours * 10) / 10.0 + " h" : Math.round(hours / 2.4) / 10.0 + " d";
    }
}
