package observatory.jobs.attribute;

import observatory.geo.address.IpAddress;
import observatory.geo.attribution.DestinationName;
import observatory.ingest.observation.ExportDetail;
import observatory.ingest.observation.FlowObservation;
import org.jspecify.annotations.Nullable;

/**
 * A flow seen from its device: who, where to, and what the destination was called when it started.
 *
 * @param device the device as known at the flow's end
 * @param side which side of the flow the device is
 * @param flow the flow as exported
 * @param name what the destination was called
 * @param tlsVersion TLS version of its handshake, empty when none was seen
 * @param record see {@link DeviceEvent#record}; of a pair both together
 * @param late whether it arrived after its time had been closed: named and counted, but perhaps by incomplete memory
 * @param check how DNS alone would have named it
 * @param correction what it was called when it was first written; null when this is the first time
 */
public record NamedFlow(
        Device device,
        PhoneNetworks.Side side,
        FlowObservation flow,
        DestinationName name,
        String tlsVersion,
        long record,
        boolean late,
        NameCheck check,
        @Nullable Correction correction) {

    /** No exporter samples more coarsely; a wrong option must not overflow a sum. */
    private static final long MOST_SCALE = 10_000_000;

    /** A flow whose name was not checked, and that is written for the first time. */
    public NamedFlow(
            Device device,
            PhoneNetworks.Side side,
            FlowObservation flow,
            DestinationName name,
            String tlsVersion,
            long record,
            boolean late) {
        this(device, side, flow, name, tlsVersion, record, late, NameCheck.UNCHECKED, null);
    }

    /** This flow under the name that was guessed or found before it was written. */
    public NamedFlow called(DestinationName found) {
        return new NamedFlow(device, side, flow, found, tlsVersion, record, late, check, correction);
    }

    /** This flow, written before, under the name that was found since. */
    public NamedFlow corrected(DestinationName found) {
        return new NamedFlow(
                device, side, flow, found, tlsVersion, record, late, check, Correction.of(name, correction));
    }

    private boolean outward() {
        return side != PhoneNetworks.Side.DESTINATION;
    }

    /** The other end. */
    public IpAddress peer() {
        return outward() ? flow.destination() : flow.source();
    }

    /** Port of the other end. */
    public int peerPort() {
        return outward() ? flow.destinationPort() : flow.sourcePort();
    }

    /** Port of the device. */
    public int devicePort() {
        return outward() ? flow.sourcePort() : flow.destinationPort();
    }

    /** The port that tells the service: the responder's, whichever side the device is. */
    public int servicePort() {
        return flow.destinationPort();
    }

    /** Bytes from the device to the other end; 0 when the exporter does not state them. */
    public long bytesOut() {
        return Math.max(0, outward() ? flow.sourceBytes() : flow.destinationBytes());
    }

    /** Bytes from the other end to the device. */
    public long bytesIn() {
        return Math.max(0, outward() ? flow.destinationBytes() : flow.sourceBytes());
    }

    /** Packets from the device. */
    public long packetsOut() {
        return Math.max(0, outward() ? flow.sourcePackets() : flow.destinationPackets());
    }

    /** Packets to the device. */
    public long packetsIn() {
        return Math.max(0, outward() ? flow.destinationPackets() : flow.sourcePackets());
    }

    /** What each counted packet stands for: more than 1 when the exporter states that it looks at one in so many. */
    public long scale() {
        ExportDetail export = flow.export();
        return export == null || export.samplingAssumed() ? 1 : Math.clamp(export.samplingInterval(), 1, MOST_SCALE);
    }

    /** End of the flow, milliseconds since 1970: its event time. */
    public long endMillis() {
        return Math.floorDiv(flow.endNanos(), 1_000_000L);
    }

    /** Start of the flow, milliseconds since 1970. */
    public long startMillis() {
        return Math.floorDiv(flow.startNanos(), 1_000_000L);
    }
}
