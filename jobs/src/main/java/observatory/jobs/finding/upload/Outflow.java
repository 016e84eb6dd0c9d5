package observatory.jobs.finding.upload;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import observatory.jobs.rollup.Destination;

/**
 * What one device sends to one endpoint by the hour, and when it is far more than usual: pure rules. Usual is the median
 * of its earlier hours, and how far they are from it (MAD); an hour counts in which it sent at all. Media of calls is not
 * counted here.
 *
 * @param hourMillis start of the current hour
 * @param bytes sent in it
 * @param flows in it
 * @param largest bytes of its largest flow
 * @param largestMillis when that began
 * @param largestEndMillis when it ended, which tells the document that holds it
 * @param largestTo where it went
 * @param lastMillis end of its latest flow
 * @param past bytes of earlier hours, the latest last; at most {@link #HOURS}
 * @param destination the endpoint as last seen
 */
public record Outflow(
        long hourMillis,
        long bytes,
        long flows,
        long largest,
        long largestMillis,
        long largestEndMillis,
        Destination largestTo,
        long lastMillis,
        List<Long> past,
        Destination destination) {

    /** So many hours are remembered. */
    static final int HOURS = 48;

    private static final double DEVIATIONS = 8;
    private static final double MAD_TO_SIGMA = 1.4826;
    private static final long TIMES_LARGEST = 3;

    public Outflow {
        past = List.copyOf(past);
    }

    /** Nothing was sent before this hour. */
    public static Outflow none(long hourMillis, Destination destination) {
        return begun(hourMillis, 0, List.of(), destination);
    }

    private static Outflow begun(long hourMillis, long lastMillis, List<Long> past, Destination destination) {
        return new Outflow(hourMillis, 0, 0, 0, hourMillis, hourMillis, destination, lastMillis, past, destination);
    }

    /** With one more flow of the current hour. */
    public Outflow and(long bytesOut, long startMillis, long endMillis, Destination to) {
        boolean isLargest = bytesOut > largest;
        return new Outflow(
                hourMillis,
                bytes + bytesOut,
                flows + 1,
                isLargest ? bytesOut : largest,
                isLargest ? startMillis : largestMillis,
                isLargest ? endMillis : largestEndMillis,
                isLargest ? to : largestTo,
                Math.max(lastMillis, endMillis),
                past,
                to);
    }

    /** At the start of another hour: the current one becomes past. */
    public Outflow next(long newHourMillis) {
        if (bytes == 0) {
            return begun(newHourMillis, lastMillis, past, destination);
        }
        List<Long> kept =
                new ArrayList<>(past.size() >= HOURS ? past.subList(past.size() - HOURS + 1, past.size()) : past);
        kept.add(bytes);
        return begun(newHourMillis, lastMillis, kept, destination);
    }

    /** Whether the hour is far above all that is usual, and at least {@code floorBytes}. */
    public boolean isUnusual(long floorBytes) {
        if (bytes < floorBytes) {
            return false;
        }
        if (past.isEmpty()) {
            return true;
        }
        long usual = usual();
        List<Long> deviations = new ArrayList<>();
        past.forEach(hour -> deviations.add(Math.abs(hour - usual)));
        double limit = usual + DEVIATIONS * MAD_TO_SIGMA * median(deviations);
        return bytes > limit && bytes > TIMES_LARGEST * Collections.max(past);
    }

    /** What it usually sends in an hour in which it sends. */
    public long usual() {
        return past.isEmpty() ? 0 : median(past);
    }

    private static long median(List<Long> values) {
        List<Long> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        return sorted.get(sorted.size() / 2);
    }
}
