package observatory.jobs.finding.beacon;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How evenly contacts follow each other. A missed contact doubles an interval, an outage makes a long one: intervals are
 * folded, so that each counts as one or several periods. What remains is judged by robust figures: the median is the
 * period, the median absolute deviation (MAD) tells the jitter, Bowley's skewness whether it leans to one side.
 *
 * @param periodMillis the median of the folded intervals
 * @param near share of intervals within a fifth of one period, 0 to 1
 * @param folded share of intervals within a fifth of a period of a multiple, 0 to 1
 * @param jitter MAD as a share of the period
 * @param skew Bowley's skewness, -1 to 1
 */
public record Regularity(long periodMillis, double near, double folded, double jitter, double skew) {
    /** Periods from five seconds, with some jitter, ... */
    static final long SHORTEST_MILLIS = 4_500;
    /** ... to seven days. */
    static final long LONGEST_MILLIS = 8L * 24 * 3_600_000;

    private static final double TOLERANCE = 0.2;
    private static final double MOSTLY = 0.75;
    private static final double NEARLY_ALL = 0.85;
    private static final double MOST_JITTER = 0.15;
    private static final double ENOUGH = 0.7;
    /** Of contact by chance this is 0.7. */
    private static final double SOMEWHAT_EVEN = 0.3;

    private static final int MOST_ERRANDS = 4;
    private static final int FEWEST_ROUNDS = 8;
    private static final long HOUR = 3_600_000;

    /** Judges the latest {@code count} intervals between starts in order; null when there are fewer. */
    static @Nullable Regularity of(List<Long> starts, int count) {
        int size = starts.size();
        if (size <= count || count < 2) {
            return null;
        }
        long[] intervals = new long[count];
        for (int i = 0; i < count; i++) {
            intervals[i] = starts.get(size - count + i) - starts.get(size - count + i - 1);
        }
        long[] sorted = intervals.clone();
        Arrays.sort(sorted);
        double[] once = new double[count];
        double period = foldInto(once, intervals, Math.max(1, sorted[count / 4]));
        // The lower quartile was a first guess; fold again by what it led to.
        period = foldInto(once, intervals, period);
        return judged(intervals, once, period);
    }

    /**
     * Whether contacts are no chance: somewhat even, such as errands whose hours are given and whose minutes are not, or
     * several regular ones among each other, such as two daily errands, of which every second, third or fourth follows
     * its like as evenly as those of a beacon do. When their hours drift, they seem to become one beacon some day.
     */
    static boolean isTimetable(List<Long> starts) {
        for (int errands = 1; errands <= MOST_ERRANDS; errands++) {
            int count = starts.size() - errands;
            if (count < FEWEST_ROUNDS) {
                return false;
            }
            double[] rounds = new double[count];
            for (int i = 0; i < count; i++) {
                rounds[i] = starts.get(i + errands) - starts.get(i);
            }
            Arrays.sort(rounds);
            double usual = Math.max(1, quantile(rounds, 0.5));
            if (errands == 1 ? spread(rounds, usual) <= SOMEWHAT_EVEN : nearShare(rounds, usual) >= MOSTLY) {
                return true;
            }
        }
        return false;
    }

    /** MAD as a share of the median. */
    private static double spread(double[] values, double median) {
        double[] deviations = Arrays.stream(values)
                .map(value -> Math.abs(value - median))
                .sorted()
                .toArray();
        return quantile(deviations, 0.5) / median;
    }

    private static double nearShare(double[] intervals, double period) {
        return (double) Arrays.stream(intervals)
                        .filter(interval -> isNear(interval, period))
                        .count()
                / intervals.length;
    }

    private static double foldInto(double[] once, long[] intervals, double period) {
        for (int i = 0; i < intervals.length; i++) {
            once[i] = intervals[i] / Math.max(1.0, Math.rint(intervals[i] / period));
        }
        Arrays.sort(once);
        return Math.max(1, quantile(once, 0.5));
    }

    private static Regularity judged(long[] intervals, double[] once, double period) {
        int near = 0;
        int folded = 0;
        double[] deviations = new double[once.length];
        for (int i = 0; i < intervals.length; i++) {
            near += isNear(intervals[i], period) ? 1 : 0;
            double times = Math.max(1, Math.rint(intervals[i] / period));
            folded += Math.abs(intervals[i] - times * period) <= TOLERANCE * period ? 1 : 0;
            deviations[i] = Math.abs(once[i] - period);
        }
        Arrays.sort(deviations);
        double low = quantile(once, 0.25);
        double high = quantile(once, 0.75);
        // A spread of less than a twentieth leans nowhere that matters.
        double skew = high - low < period / 20 ? 0 : (high + low - 2 * period) / (high - low);
        return new Regularity(
                Math.round(period),
                (double) near / intervals.length,
                (double) folded / intervals.length,
                quantile(deviations, 0.5) / period,
                Math.clamp(skew, -1, 1));
    }

    /** Whether an interval is about one period. */
    static boolean isNear(double interval, double period) {
        return Math.abs(interval - period) <= TOLERANCE * period;
    }

    /** 0, by chance, to 1, by the clock. */
    public double score() {
        double steadiness = Math.max(0, 1 - jitter / (2 * MOST_JITTER));
        return 0.5 * steadiness + 0.3 * folded + 0.2 * (1 - Math.abs(skew));
    }

    /** Whether contact is periodic. */
    public boolean isRegular() {
        return periodMillis >= SHORTEST_MILLIS
                && periodMillis <= LONGEST_MILLIS
                && near >= MOSTLY
                && folded >= NEARLY_ALL
                && jitter <= MOST_JITTER
                && score() >= ENOUGH;
    }

    /** So many intervals are enough to judge by: the longer they are, the fewer one can wait for. */
    static int enough(long intervalMillis) {
        if (intervalMillis < 6 * HOUR) {
            return 12;
        }
        return intervalMillis < 20 * HOUR ? 8 : intervalMillis < 96 * HOUR ? 6 : 5;
    }

    private static double quantile(double[] sorted, double share) {
        double at = share * (sorted.length - 1);
        int below = (int) at;
        int above = Math.min(sorted.length - 1, below + 1);
        return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
    }
}
