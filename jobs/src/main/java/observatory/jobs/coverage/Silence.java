package observatory.jobs.coverage;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** When silence of a sensor counts as missing input: pure rules over the minutes in which it delivered. */
public final class Silence {
    /** A sensor of a phone network that delivers nothing for this long is silent: phones keep their connections alive. */
    public static final long THRESHOLD_MILLIS = 30 * Tally.MINUTE_MILLIS;

    private Silence() {}

    /** Whether the time between two minutes with input is silence, not rhythm. */
    public static boolean between(long earlierMinute, long laterMinute) {
        return laterMinute - earlierMinute - Tally.MINUTE_MILLIS >= THRESHOLD_MILLIS;
    }

    /** The silent stretches between two minutes with input, none across a full hour, so that figures can be cut there. */
    public static List<MinuteCoverage> stretches(Tally earlier, long laterMinute) {
        List<MinuteCoverage> stretches = new ArrayList<>();
        long from = earlier.minuteMillis() + Tally.MINUTE_MILLIS;
        while (from < laterMinute) {
            long hourEnd = (Math.floorDiv(from, 60 * Tally.MINUTE_MILLIS) + 1) * 60 * Tally.MINUTE_MILLIS;
            long to = Math.min(hourEnd, laterMinute);
            stretches.add(new MinuteCoverage(
                    MinuteCoverage.State.SILENT, (to - from) / Tally.MINUTE_MILLIS, at(earlier, from)));
            from = to;
        }
        return stretches;
    }

    /** Nothing, from the same sensor, at a minute. */
    static Tally at(Tally sensor, long minute) {
        return new Tally(
                sensor.sensor(),
                sensor.site(),
                sensor.observerType(),
                minute,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                Map.of());
    }
}
