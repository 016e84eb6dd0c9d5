package observatory.jobs.finding.device;

import java.util.Comparator;
import observatory.geo.address.IpAddress;
import observatory.geo.address.IpPrefix;
import observatory.geo.attribution.NameState;
import observatory.geo.party.Service.Purpose;
import observatory.geo.place.Place;
import observatory.ingest.observation.TransportProtocol;
import observatory.jobs.attribute.Device;
import observatory.jobs.finding.Evidence;
import observatory.jobs.rollup.Destination;
import org.jspecify.annotations.Nullable;

/**
 * A flow as the rules of devices see it.
 *
 * @param device who
 * @param isOutward whether the device began it; else somebody called the device
 * @param startMillis its start, milliseconds since 1970
 * @param endMillis its end
 * @param peer address of the other end
 * @param peerPort its port
 * @param devicePort the device's port
 * @param protocol IANA protocol number
 * @param bytesOut bytes from the device
 * @param bytesIn bytes to the device
 * @param packetsOut packets from the device
 * @param packetsIn packets to the device
 * @param scale what each counted packet stands for
 * @param application the sensor's guess of the application protocol; null when it has none
 * @param state the sensor's word for the state of the connection; null when it has none
 * @param name how far the name of the other end can be trusted
 * @param destination what is known of the other end
 */
public record Visit(
        Device device,
        boolean isOutward,
        long startMillis,
        long endMillis,
        IpAddress peer,
        int peerPort,
        int devicePort,
        int protocol,
        long bytesOut,
        long bytesIn,
        long packetsOut,
        long packetsIn,
        long scale,
        @Nullable String application,
        @Nullable String state,
        NameState name,
        Destination destination) {

    /** A total order that begins with the end, since flows are told then. */
    static final Comparator<Visit> ORDER = Comparator.comparingLong(Visit::endMillis)
            .thenComparingLong(Visit::startMillis)
            .thenComparing(Visit::peer)
            .thenComparingInt(Visit::peerPort)
            .thenComparingInt(Visit::devicePort)
            .thenComparingLong(Visit::bytesOut)
            .thenComparingLong(Visit::bytesIn)
            .thenComparing(visit -> visit.device().address());

    private static final int LEAST_DYNAMIC_PORT = 1_024;
    private static final int SIP = 5_060;
    private static final int SIPS = 5_061;
    private static final double LEAST_TALK = 0.2;
    private static final double MOST_TALK = 5;

    /** Whether the other end lies inside the network. */
    boolean isLocal() {
        return destination.placeState() == Place.State.LOCAL;
    }

    boolean isUdp() {
        return protocol == TransportProtocol.UDP;
    }

    boolean isTcp() {
        return protocol == TransportProtocol.TCP;
    }

    /** The port that tells the service: the one of the side that was called. */
    int servicePort() {
        return isOutward ? peerPort : devicePort;
    }

    /** Whether the device is where it registers, as far as the flow and the catalogue tell. */
    boolean isRegistration() {
        boolean bothSpoke = bytesOut > 0 && bytesIn > 0;
        boolean isSip = "sip".equals(application) || peerPort == SIP || peerPort == SIPS;
        return isOutward && bothSpoke && (isSip || destination.service().purpose() == Purpose.SIGNALLING);
    }

    /** Whether it looks like the media of a call: datagrams between high ports, and both sides speak about as much. */
    boolean isTalk() {
        if (!isUdp() || peerPort < LEAST_DYNAMIC_PORT || devicePort < LEAST_DYNAMIC_PORT) {
            return false;
        }
        boolean isSip = servicePort() == SIP || servicePort() == SIPS;
        double share = (double) bytesIn / Math.max(1, bytesOut);
        return !isSip && share >= LEAST_TALK && share <= MOST_TALK;
    }

    /** Whether the catalogue knows the other end to be part of telephony. */
    boolean isTelephony() {
        Purpose purpose = destination.service().purpose();
        return purpose == Purpose.MEDIA || purpose == Purpose.SIGNALLING;
    }

    /** What the other end belongs to: its endpoint; inside the network the /24 or /64, which names nobody. */
    String network() {
        return isLocal() ? IpPrefix.around(peer, peer.isIpv4() ? 24 : 64).toString() : destination.endpoint();
    }

    /** Whose host network the other end is, by which servers of one provider are told from strangers. */
    String hostNetwork() {
        return isLocal() || destination.asn() == 0 ? network() : "AS" + destination.asn();
    }

    /** What is the same for all pieces of a connection. */
    long connection() {
        long hash = peer.high() * 31 + peer.low();
        return ((hash * 31 + peerPort) * 31 + devicePort) * 31 + protocol;
    }

    /** The document that holds it. */
    Evidence evidence() {
        return Evidence.ofFlow(device.key(), destination, endMillis);
    }
}
