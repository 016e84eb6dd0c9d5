package observatory.geo.update;

import java.util.Locale;

/**
 * What became of one data set.
 *
 * @param what the data set: {@code GeoLite2-Country}, {@code aws}
 * @param outcome what became of it
 * @param detail edition, or why it could not be had; never a secret
 */
public record Updated(String what, Outcome outcome, String detail) {
    /** What became of a data set. */
    public enum Outcome {
        UPDATED,
        UNCHANGED,
        /** What was there before is still there. */
        FAILED;

        /** The word for it in texts. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static Updated failed(String what, Exception why) {
        return new Updated(what, Outcome.FAILED, String.valueOf(why.getMessage()));
    }
}
