package observatory.jobs.attribute;

import java.util.Comparator;
import observatory.ingest.observation.DeviceSighting;
import observatory.ingest.observation.DnsObservation;
import observatory.ingest.observation.FlowObservation;
import observatory.ingest.observation.TlsObservation;
import org.jspecify.annotations.Nullable;

/**
 * Anything that concerns one device; exactly one of the last four is present. Flink has no sealed types on the wire, so
 * the union is spelt out.
 *
 * @param site site of the device
 * @param address address of the device, as text
 * @param side which side of the flow the device is; {@code SOURCE} for all else
 * @param flow a flow, ordered by its end
 * @param tls a handshake
 * @param dns a DNS question of the device
 * @param sighting a DHCP exchange
 * @param holdMillis how long after its end a flow is looked at; 0 for all else
 * @param record which record of which datagram a flow was, so that two equal ones can be told from one that was read
 *     twice; 0 where a log says all there is to tell
 */
public record DeviceEvent(
        String site,
        String address,
        PhoneNetworks.Side side,
        @Nullable FlowObservation flow,
        @Nullable TlsObservation tls,
        @Nullable DnsObservation dns,
        @Nullable DeviceSighting sighting,
        long holdMillis,
        long record) {

    /**
     * A flow is looked at this long after its end, in event time: what its sensor logged of the same connection (the
     * server name) or just before it (the answer) may bear a slightly later stamp.
     */
    static final long HOLD_MILLIS = 5_000;

    /** What comes first at the same instant, then content: a total order, so that no run differs from another. */
    static final Comparator<DeviceEvent> ORDER = Comparator.comparingLong(DeviceEvent::timeMillis)
            .thenComparingInt(DeviceEvent::rank)
            .thenComparing(DeviceEvent::content)
            .thenComparingLong(DeviceEvent::record);

    static DeviceEvent ofFlow(
            FlowObservation flow, PhoneNetworks.Side side, String site, String address, long waitMillis, long record) {
        return new DeviceEvent(site, address, side, flow, null, null, null, HOLD_MILLIS + waitMillis, record);
    }

    static DeviceEvent ofTls(TlsObservation tls, String site, String address) {
        return new DeviceEvent(site, address, PhoneNetworks.Side.SOURCE, null, tls, null, null, 0, 0);
    }

    static DeviceEvent ofDns(DnsObservation dns, String site, String address) {
        return new DeviceEvent(site, address, PhoneNetworks.Side.SOURCE, null, null, dns, null, 0, 0);
    }

    static DeviceEvent ofSighting(DeviceSighting sighting, String site, String address) {
        return new DeviceEvent(site, address, PhoneNetworks.Side.SOURCE, null, null, null, sighting, 0, 0);
    }

    /** All events of one device address share a key, and so a state. */
    public String key() {
        return site + "|" + address;
    }

    /** When the event takes effect, milliseconds since 1970. */
    public long timeMillis() {
        if (flow != null) {
            return Math.floorDiv(flow.timeNanos(), 1_000_000L) + holdMillis;
        }
        return Math.floorDiv(
                tls != null ? tls.timeNanos() : dns != null ? dns.timeNanos() : sightingNanos(), 1_000_000L);
    }

    private long sightingNanos() {
        return sighting == null ? 0 : sighting.timeNanos();
    }

    private int rank() {
        return sighting != null ? 0 : dns != null ? 1 : tls != null ? 2 : 3;
    }

    private String content() {
        return String.valueOf(flow != null ? flow : tls != null ? tls : dns != null ? dns : sighting);
    }
}
