package observatory.jobs.coverage;

import observatory.ingest.observation.SensorStatus;

/**
 * How the input of one exporter or sensor arrived in one minute. Deliveries of the same minute add up.
 *
 * @param datagrams datagrams received, repeated ones included; 0 for logs
 * @param lost what sequence numbers show to be missing, in the unit that the exporter counts: flow records for NetFlow v5,
 *     data records for IPFIX, datagrams for NetFlow v9 and sFlow. Negative when what was thought lost only came late
 * @param gaps places where something was missing
 * @param restarts times the exporter began anew
 * @param repeated datagrams that came again and were dropped
 * @param outOfOrder datagrams that came late and were used
 * @param dropped packets or datagrams that the exporter, the sensor or the collector itself says it lost
 * @param skewMillis exporter's clock less the time of receipt, the one farthest from 0
 * @param samplingInterval one packet in this many, the coarsest stated; 0 when none is stated
 */
public record Delivery(
        long datagrams,
        long lost,
        long gaps,
        long restarts,
        long repeated,
        long outOfOrder,
        long dropped,
        long skewMillis,
        long samplingInterval) {

    /** One datagram. */
    static final Delivery DATAGRAM = new Delivery(1, 0, 0, 0, 0, 0, 0, 0, 0);

    /** What a status tells. Its datagrams are not taken from there: each is counted where it is decoded. */
    static Delivery of(SensorStatus status) {
        return new Delivery(
                0,
                status.lost(),
                status.gaps(),
                status.restarts(),
                status.duplicates(),
                status.outOfOrder(),
                Math.max(0, status.dropped()),
                status.skewMillis(),
                status.samplingInterval());
    }

    /** The sum; of clocks and sampling the worst. */
    Delivery plus(Delivery other) {
        return new Delivery(
                datagrams + other.datagrams,
                lost + other.lost,
                gaps + other.gaps,
                restarts + other.restarts,
                repeated + other.repeated,
                outOfOrder + other.outOfOrder,
                dropped + other.dropped,
                worse(skewMillis, other.skewMillis),
                Math.max(samplingInterval, other.samplingInterval));
    }

    /** The one farther from 0; of two equally far the positive one, so that order does not matter. */
    private static long worse(long one, long other) {
        int compared = Long.compare(Math.abs(one), Math.abs(other));
        return compared == 0 ? Math.max(one, other) : compared > 0 ? one : other;
    }
}
