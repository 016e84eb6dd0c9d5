package observatory.jobs.coverage;

import java.util.Map;
import java.util.TreeMap;
import observatory.ingest.observation.FlowObservation;
import org.jspecify.annotations.Nullable;

/**
 * What happened to the input of one sensor in one minute; tallies of the same sensor and minute add up. The ledger
 * balances: {@code records = flow + dns + tls + device + status + rejected} and
 * {@code flow = stored + duplicate + late + filtered}, where late flows are stored as well but counted apart. Two halves of
 * one connection are two flow records, both stored, in one document: {@code documents = stored + late - paired}.
 *
 * @param sensor exporter, sensor or resolver
 * @param site its site
 * @param observerType {@code zeek}, ...
 * @param minuteMillis start of the minute, milliseconds since 1970
 * @param records records read
 * @param bytes bytes of input read
 * @param flow flows among them
 * @param dns DNS records
 * @param tls handshakes
 * @param device device sightings
 * @param status messages of the sensor about itself
 * @param stored flows stored in time
 * @param duplicate flows that were read before
 * @param late flows that came after their time was closed
 * @param filtered flows that touch no phone network
 * @param paired flow records that were stored as the other half of one before them
 * @param rejected rejections by reason
 * @param delivery how the input arrived; null when nothing is known about that
 */
public record Tally(
        String sensor,
        String site,
        String observerType,
        long minuteMillis,
        long records,
        long bytes,
        long flow,
        long dns,
        long tls,
        long device,
        long status,
        long stored,
        long duplicate,
        long late,
        long filtered,
        long paired,
        Map<String, Long> rejected,
        @Nullable Delivery delivery) {

    /** Ledger entries are per minute. */
    public static final long MINUTE_MILLIS = 60_000;

    /** The minute that holds a time. */
    public static long minuteOf(long millis) {
        return Math.floorDiv(millis, MINUTE_MILLIS) * MINUTE_MILLIS;
    }

    /** Nothing yet. */
    public static Tally nothing(String sensor, String site, String observerType, long minuteMillis) {
        return new Tally(sensor, site, observerType, minuteMillis, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, Map.of(), null);
    }

    /** One flow that was stored, in time or late. */
    public static Tally stored(FlowObservation flow, boolean late) {
        return ofFlow(flow, late ? 0 : 1, 0, late ? 1 : 0, 0);
    }

    /** One flow that was counted before, from this exporter or from another. */
    public static Tally duplicate(FlowObservation flow) {
        return ofFlow(flow, 0, 1, 0, 0);
    }

    /** One stored flow that became part of the flow it is the other half of. */
    public static Tally paired(FlowObservation flow) {
        return ofFlow(flow, 0, 0, 0, 1);
    }

    private static Tally ofFlow(FlowObservation flow, long stored, long duplicate, long late, long paired) {
        long minute = minuteOf(Math.floorDiv(flow.endNanos(), 1_000_000L));
        return new Tally(
                flow.sensor(),
                flow.site(),
                flow.observerType(),
                minute,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                stored,
                duplicate,
                late,
                0,
                paired,
                Map.of(),
                null);
    }

    /** The sum; sensor, site, type and minute are those of this. */
    public Tally plus(Tally other) {
        return new Tally(
                sensor,
                site,
                observerType,
                minuteMillis,
                records + other.records,
                bytes + other.bytes,
                flow + other.flow,
                dns + other.dns,
                tls + other.tls,
                device + other.device,
                status + other.status,
                stored + other.stored,
                duplicate + other.duplicate,
                late + other.late,
                filtered + other.filtered,
                paired + other.paired,
                sum(rejected, other.rejected),
                sum(delivery, other.delivery));
    }

    /** What tells sensors apart. */
    public String sensorKey() {
        return observerType + "|" + sensor;
    }

    /** Tallies of equal key add up. */
    public String key() {
        return sensorKey() + "|" + minuteMillis;
    }

    /** All rejections. */
    public long rejections() {
        return rejected.values().stream().mapToLong(Long::longValue).sum();
    }

    private static @Nullable Delivery sum(@Nullable Delivery one, @Nullable Delivery other) {
        return one == null ? other : other == null ? one : one.plus(other);
    }

    private static Map<String, Long> sum(Map<String, Long> one, Map<String, Long> other) {
        if (other.isEmpty()) {
            return one;
        }
        Map<String, Long> sum = new TreeMap<>(one);
        other.forEach((reason, count) -> sum.merge(reason, count, Long::sum));
        return sum;
    }
}
