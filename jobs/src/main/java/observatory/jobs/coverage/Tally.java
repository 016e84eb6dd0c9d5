package observatory.jobs.coverage;

import java.util.Map;
import java.util.TreeMap;

/**
 * What happened to the input of one sensor in one minute; tallies of the same sensor and minute add up. The ledger
 * balances: {@code records = flow + dns + tls + device + status + rejected} and
 * {@code flow = stored + duplicate + late + filtered}, where late flows are stored as well but counted apart.
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
 * @param rejected rejections by reason
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
        Map<String, Long> rejected) {

    /** Ledger entries are per minute. */
    public static final long MINUTE_MILLIS = 60_000;

    /** The minute that holds a time. */
    public static long minuteOf(long millis) {
        return Math.floorDiv(millis, MINUTE_MILLIS) * MINUTE_MILLIS;
    }

    /** One flow that was stored, in time or late. */
    public static Tally stored(String sensor, String site, String observerType, long minuteMillis, boolean late) {
        return new Tally(
                sensor,
                site,
                observerType,
                minuteMillis,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                late ? 0 : 1,
                0,
                late ? 1 : 0,
                0,
                Map.of());
    }

    /** One flow that was read before. */
    public static Tally duplicate(String sensor, String site, String observerType, long minuteMillis) {
        return new Tally(sensor, site, observerType, minuteMillis, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, Map.of());
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
                sum(rejected, other.rejected));
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

    private static Map<String, Long> sum(Map<String, Long> one, Map<String, Long> other) {
        if (other.isEmpty()) {
            return one;
        }
        Map<String, Long> sum = new TreeMap<>(one);
        other.forEach((reason, count) -> sum.merge(reason, count, Long::sum));
        return sum;
    }
}
