package observatory.jobs.finding.upload;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import observatory.geo.attribution.NameState;
import observatory.jobs.rollup.Destination;

/**
 * What one device sends to one endpoint by the hour, and when it is far more than usual: pure rules. Usual is the median
 * of its earlier hours, and how far they are from it (MAD); an hour counts in which it sent at all. Media of calls is not
 * counted here.
 *
 * @param hourMillis start of the current hour
 * @param bytes sent in it
 * @param flows in it
 * @param scale what a counted packet stands for, the most of its flows; 1 when none was sampled
 * @param largest its largest flow
 * @param lastMillis end of its latest flow
 * @param past bytes of earlier hours, the latest last; at most {@link #HOURS}
 * @param destination the endpoint as last seen
 */
public record Outflow(
        long hourMillis,
        long bytes,
        long flows,
        long scale,
        Sending largest,
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

    /**
     * One flow.
     *
     * @param bytes bytes from the device; scaled where the exporter samples
     * @param scale what a counted packet stands for; 1 when the exporter does not sample
     * @param startMillis start, milliseconds since 1970
     * @param endMillis end, which tells the document that holds it
     * @param to where it went
     * @param name how far the name of that can be trusted
     */
    public record Sending(long bytes, long scale, long startMillis, long endMillis, Destination to, NameState name) {}

    /** Nothing was sent before this hour. */
    public static Outflow none(long hourMillis, Destination destination) {
        return begun(hourMillis, 0, List.of(), destination);
    }

    private static Outflow begun(long hourMillis, long lastMillis, List<Long> past, Destination destination) {
        Sending nothing = new Sending(0, 1, hourMillis, hourMillis, destination, NameState.NONE);
        return new Outflow(hourMillis, 0, 0, 1, nothing, lastMillis, past, destination);
    }

    /** With one more flow of the current hour. */
    public Outflow and(Sending flow) {
        return new Outflow(
                hourMillis,
                bytes + flow.bytes(),
                flows + 1,
                Math.max(scale, flow.scale()),
                flow.bytes() > largest.bytes() ? flow : largest,
                Math.max(lastMillis, flow.endMillis()),
                past,
                flow.to());
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
