package observatory.jobs.coverage;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * How long a sensor usually lets one wait for the next minute with input, and from when on waiting is silence: pure
 * rules. Three small desk phones may say nothing for half an hour and be well; a thousand never do. Two things are
 * learned: the mean wait, of which {@link #MEANS} are still rhythm, and the longest waits of the last days, twice the
 * third longest of which still is. So a quiet night is rhythm once there were three such waits, and one outage is none.
 *
 * @param waits number of waits that were learned
 * @param meanMinutes mean wait in minutes, the latest counting most
 * @param longest the longest waits of the last {@link #MEMORY_MILLIS}, longest first; at most {@link #LONGEST}
 */
public record Rhythm(long waits, double meanMinutes, List<Wait> longest) {
    /** Whatever the rhythm, less than this is not silence. */
    public static final long FLOOR_MILLIS = 30 * Tally.MINUTE_MILLIS;

    /** Nothing is known: silence is then two hours. */
    public static final Rhythm UNKNOWN = new Rhythm(0, 15, List.of());

    private static final double MEANS = 8;
    private static final double NEWEST = 0.1;
    private static final int LONGEST = 8;
    private static final int USUAL = 3;
    private static final long WORTH_KEEPING_MINUTES = 10;
    private static final long MEMORY_MILLIS = 8 * 24 * 60 * Tally.MINUTE_MILLIS;

    public Rhythm {
        longest = List.copyOf(longest);
    }

    /**
     * One wait.
     *
     * @param minutes from one minute with input to the next: 1 when nothing was between
     * @param untilMillis when it ended, milliseconds since 1970
     */
    public record Wait(long minutes, long untilMillis) {
        /** A total order. */
        public static final Comparator<Wait> LONGEST_FIRST =
                Comparator.comparingLong(Wait::minutes).reversed().thenComparingLong(Wait::untilMillis);
    }

    /** A wait of this long or longer is silence. */
    public long thresholdMillis() {
        double mean = MEANS * meanMinutes * Tally.MINUTE_MILLIS;
        return Tally.minuteOf(Math.max(FLOOR_MILLIS, Math.max((long) mean, usualLongestMillis())));
    }

    /** Twice the third longest wait of the last days; 0 when there were no three worth keeping. */
    public long usualLongestMillis() {
        return longest.size() < USUAL ? 0 : 2 * longest.get(USUAL - 1).minutes() * Tally.MINUTE_MILLIS;
    }

    /** After one more wait, between the starts of two minutes. Silence counts as no more than the threshold. */
    public Rhythm after(long earlierMinute, long laterMinute) {
        long wait = (laterMinute - earlierMinute) / Tally.MINUTE_MILLIS;
        long limit = thresholdMillis() / Tally.MINUTE_MILLIS;
        double mean = meanMinutes + NEWEST * (Math.min(wait, limit) - meanMinutes);
        boolean plain = wait < WORTH_KEEPING_MINUTES && (longest.isEmpty() || !isOld(longest.getLast(), laterMinute));
        return new Rhythm(waits + 1, mean, plain ? longest : longestWith(new Wait(wait, laterMinute), limit));
    }

    private List<Wait> longestWith(Wait newest, long limit) {
        List<Wait> kept = new ArrayList<>(longest);
        kept.removeIf(wait -> isOld(wait, newest.untilMillis()));
        if (newest.minutes() >= WORTH_KEEPING_MINUTES && newest.minutes() <= limit) {
            kept.add(newest);
        }
        kept.sort(Wait.LONGEST_FIRST);
        return kept.size() > LONGEST ? kept.subList(0, LONGEST) : kept;
    }

    private static boolean isOld(Wait wait, long now) {
        return now - wait.untilMillis() > MEMORY_MILLIS;
    }
}
