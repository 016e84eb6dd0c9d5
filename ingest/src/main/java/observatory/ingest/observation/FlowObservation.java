package observatory.ingest.observation;

import observatory.geo.address.IpAddress;
import org.jspecify.annotations.Nullable;

/**
 * One connection or flow record as its exporter counted it. Source is the originator where the sensor knows one, else
 * the source address of the record; which side is the device is decided later. Counters are as exported, never scaled.
 *
 * @param sensor exporter or sensor
 * @param site site of the sensor
 * @param observerType {@code zeek}, {@code suricata}, ...
 * @param sensorId the sensor's own id of the connection (Zeek uid, Suricata flow_id), empty when it has none
 * @param startNanos first packet, nanoseconds since 1970
 * @param endNanos last packet; equal to {@code startNanos} when the source states no duration
 * @param source originator's address
 * @param sourcePort 0..65535; ICMP type for ICMP
 * @param destination responder's address
 * @param destinationPort 0..65535; ICMP code for ICMP
 * @param protocol IANA protocol number; {@link #ABSENT} when the source states none
 * @param sourceBytes bytes sent by source. Zeek: IP bytes ({@code orig_ip_bytes}), payload bytes where those are absent;
 *     Suricata: whole frames. {@link #ABSENT} when not stated
 * @param destinationBytes bytes sent by destination, likewise
 * @param sourcePackets packets sent by source, {@link #ABSENT} when not stated
 * @param destinationPackets packets sent by destination, likewise
 * @param sourceMac {@code 00-15-65-AA-BB-CC} (ECS form) where the source logs it
 * @param destinationMac likewise
 * @param application the sensor's guess of the application protocol ({@code ssl}, {@code dns}), lower case
 * @param state the sensor's word for the connection state ({@code SF}, {@code established})
 * @param export what a flow record says beyond this; null for logs of sensors
 */
public record FlowObservation(
        String sensor,
        String site,
        String observerType,
        String sensorId,
        long startNanos,
        long endNanos,
        IpAddress source,
        int sourcePort,
        IpAddress destination,
        int destinationPort,
        int protocol,
        long sourceBytes,
        long destinationBytes,
        long sourcePackets,
        long destinationPackets,
        @Nullable String sourceMac,
        @Nullable String destinationMac,
        @Nullable String application,
        @Nullable String state,
        @Nullable ExportDetail export)
        implements Observation {

    /** A counter or number that the source does not state. A primitive, because a boxed one costs on the hot path. */
    public static final int ABSENT = -1;

    /** A connection out of a sensor's log, which has no detail of an export. */
    public FlowObservation(
            String sensor,
            String site,
            String observerType,
            String sensorId,
            long startNanos,
            long endNanos,
            IpAddress source,
            int sourcePort,
            IpAddress destination,
            int destinationPort,
            int protocol,
            long sourceBytes,
            long destinationBytes,
            long sourcePackets,
            long destinationPackets,
            @Nullable String sourceMac,
            @Nullable String destinationMac,
            @Nullable String application,
            @Nullable String state) {
        this(
                sensor,
                site,
                observerType,
                sensorId,
                startNanos,
                endNanos,
                source,
                sourcePort,
                destination,
                destinationPort,
                protocol,
                sourceBytes,
                destinationBytes,
                sourcePackets,
                destinationPackets,
                sourceMac,
                destinationMac,
                application,
                state,
                null);
    }

    @Override
    public long timeNanos() {
        return endNanos;
    }
}
