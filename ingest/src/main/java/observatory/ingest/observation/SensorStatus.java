package observatory.ingest.observation;

/**
 * What a sensor or exporter says about itself, or what its sequence numbers say about it. Counts of datagrams, losses,
 * gaps, restarts, duplicates and order are those since the status before, so that they can be added up.
 *
 * @param sensor sensor or exporter
 * @param site site of the sensor
 * @param observerType {@code suricata}, {@code ipfix}, ...
 * @param timeNanos when, nanoseconds since 1970
 * @param received packets the sensor or exporter received, as it says; {@link FlowObservation#ABSENT} when not stated
 * @param dropped packets lost before the sensor or exporter saw them, as it says; likewise
 * @param observationDomain as in {@link ExportDetail}; ABSENT for sensors
 * @param datagrams datagrams that arrived from this observation domain, duplicates not counted
 * @param lost what the sequence numbers show to be missing: flow records for NetFlow v5, data records for IPFIX, datagrams
 *     for NetFlow v9 and sFlow (flow records where a v9 exporter counts those); 0 when none. Negative when what was thought
 *     lost only came late
 * @param gaps places where something was missing
 * @param restarts times the exporter began anew
 * @param duplicates datagrams that came again, and were dropped
 * @param outOfOrder datagrams that came late, and were used
 * @param skewMillis exporter's clock less the time of receipt; 0 when the time of receipt is not known
 * @param samplingInterval one packet in this many, as the exporter states now; 0 when it states nothing
 */
public record SensorStatus(
        String sensor,
        String site,
        String observerType,
        long timeNanos,
        long received,
        long dropped,
        long observationDomain,
        long datagrams,
        long lost,
        long gaps,
        long restarts,
        long duplicates,
        long outOfOrder,
        long skewMillis,
        long samplingInterval)
        implements Observation {

    /** What the log of a sensor says about its packets. */
    public SensorStatus(String sensor, String site, String observerType, long timeNanos, long received, long dropped) {
        this(sensor, site, observerType, timeNanos, received, dropped, FlowObservation.ABSENT, 0, 0, 0, 0, 0, 0, 0, 0);
    }
}
