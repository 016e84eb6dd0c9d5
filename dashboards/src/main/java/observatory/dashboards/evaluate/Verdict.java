package observatory.dashboards.evaluate;

/**
 * What became of one plant, or what one finding was.
 *
 * @param outcome which
 * @param kind kind of the finding, expected or told
 * @param seed seed of the fleet
 * @param words who, what and when, for whoever looks into it
 */
public record Verdict(Outcome outcome, String kind, long seed, String words) {
    /** What can become of a plant or a finding. */
    public enum Outcome {
        /** Planted and found. */
        FOUND,
        /** Planted and not found. */
        MISSED,
        /** Found, and true of a plant of another kind. */
        ALSO,
        /** Found, and nothing of the kind was planted; or the same plant was found again. */
        FALSE_ALARM
    }
}
