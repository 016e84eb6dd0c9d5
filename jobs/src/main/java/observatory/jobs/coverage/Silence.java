package observatory.jobs.coverage;

import java.util.ArrayList;
import java.util.List;

/**
 * When silence of a sensor counts as missing input: pure rules over the minutes in which it delivered. Phones keep their
 * connections alive, so a sensor of many phones is never quiet for {@link Rhythm#FLOOR_MILLIS}; a sensor of few has a
 * slower {@link Rhythm}.
 */
public final class Silence {
    /** A sensor that delivered nothing for so long is taken out of service, and forgotten. */
    public static final long FORGET_MILLIS = 30 * 24 * 60 * Tally.MINUTE_MILLIS;

    private static final long HOUR_MILLIS = 60 * Tally.MINUTE_MILLIS;
    private static final long DAY_MILLIS = 24 * HOUR_MILLIS;

    private Silence() {}

    /** Whether the time between two minutes with input is silence, not rhythm. */
    public static boolean between(long earlierMinute, long laterMinute, Rhythm rhythm) {
        return laterMinute - earlierMinute - Tally.MINUTE_MILLIS >= rhythm.thresholdMillis();
    }

    /**
     * The silent stretches of a sensor from a time on, none across a {@link #boundary}, so that figures can be cut there.
     *
     * @param last the last minute with input
     * @param fromMillis where to begin, at or after the end of that minute
     * @param untilMillis where to end
     */
    static List<MinuteCoverage> stretches(Tally last, long fromMillis, long untilMillis) {
        List<MinuteCoverage> stretches = new ArrayList<>();
        long from = fromMillis;
        while (from < untilMillis) {
            long to = Math.min(boundary(last, from), untilMillis);
            stretches.add(
                    new MinuteCoverage(MinuteCoverage.State.SILENT, (to - from) / Tally.MINUTE_MILLIS, at(last, from)));
            from = to;
        }
        return stretches;
    }

    /** The next time after {@code fromMillis} at which silence is cut: every hour at first, every day after two days. */
    static long boundary(Tally last, long fromMillis) {
        long step = fromMillis - last.minuteMillis() <= 2 * DAY_MILLIS ? HOUR_MILLIS : DAY_MILLIS;
        return (Math.floorDiv(fromMillis, step) + 1) * step;
    }

    /** Nothing, from the same sensor, at a minute. */
    static Tally at(Tally sensor, long minute) {
        return Tally.nothing(sensor.sensor(), sensor.site(), sensor.observerType(), minute);
    }
}
