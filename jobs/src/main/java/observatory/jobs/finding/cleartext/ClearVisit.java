package observatory.jobs.finding.cleartext;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import observatory.geo.attribution.NameState;
import observatory.geo.party.Service.Purpose;
import observatory.geo.place.Place;
import observatory.ingest.observation.FlowObservation;
import observatory.ingest.observation.TransportProtocol;
import observatory.jobs.attribute.AttributedFlow;
import observatory.jobs.attribute.Device;
import observatory.jobs.attribute.NamedFlow;
import observatory.jobs.attribute.PhoneNetworks.Side;
import observatory.jobs.finding.ClearProtocol;
import observatory.jobs.finding.Evidence;
import observatory.jobs.finding.NameDoubts;
import observatory.jobs.rollup.Destination;
import org.jspecify.annotations.Nullable;

/**
 * A flow that everybody on the way can read: what a protocol in the clear is told by.
 *
 * @param protocol which protocol
 * @param device who
 * @param peer what the other end is: its endpoint; inside the network the address of the server
 * @param isOutward whether the device began it; else somebody manages the device so
 * @param startMillis start, milliseconds since 1970
 * @param endMillis end
 * @param bytesOut bytes from the device
 * @param bytesIn bytes to the device
 * @param port port of the side that was called
 * @param tlsVersion version of an outdated TLS, empty otherwise
 * @param name how far the name of the other end can be trusted
 * @param destination what is known of the other end
 */
public record ClearVisit(
        ClearProtocol protocol,
        Device device,
        String peer,
        boolean isOutward,
        long startMillis,
        long endMillis,
        long bytesOut,
        long bytesIn,
        int port,
        String tlsVersion,
        NameState name,
        Destination destination) {

    /** A total order that begins with the end. */
    static final Comparator<ClearVisit> ORDER = Comparator.comparingLong(ClearVisit::endMillis)
            .thenComparingLong(ClearVisit::startMillis)
            .thenComparing(visit -> visit.device().key())
            .thenComparingLong(ClearVisit::bytesOut)
            .thenComparingLong(ClearVisit::bytesIn)
            .thenComparingInt(ClearVisit::port);

    /** A handshake and a refusal are less; a request and its answer are more. */
    private static final long SPOKEN_PACKETS = 3;

    private static final int TFTP = 69;
    /** One datagram may be a greeting; who registers is asked for a password and sends another. */
    private static final long REGISTERING_PACKETS = 2;

    private static final Set<String> OUTDATED =
            Set.of("sslv2", "sslv3", "tlsv1", "tlsv10", "tlsv1.0", "tlsv11", "tlsv1.1");
    /** What is public by design, and signed where it matters, may be read by everybody. */
    private static final Set<Purpose> PUBLIC =
            Set.of(Purpose.CERTIFICATES, Purpose.CONNECTIVITY, Purpose.TIME, Purpose.NAMES);

    /** What in a flow is in the clear; null when nothing is, as far as one can tell. */
    static @Nullable ClearProtocol protocolOf(NamedFlow flow, Purpose purpose) {
        if (isOutdated(flow.tlsVersion())) {
            return ClearProtocol.OLD_TLS;
        }
        FlowObservation told = flow.flow();
        boolean isOutward = flow.side() != Side.DESTINATION;
        // A TFTP server answers from another port, so that its flow seems to be without an answer (RFC 1350, section
        // 4).
        boolean isAnswered = (flow.bytesIn() > 0 || isTftp(flow)) && flow.bytesOut() > 0;
        if (!isAnswered || flow.peer().isMulticast()) {
            return null;
        }
        ClearProtocol protocol =
                told.application() == null || told.application().isEmpty()
                        ? byPort(flow, told.protocol())
                        : byApplication(told.application());
        boolean isOrdinary = protocol == null
                || (isOutward && PUBLIC.contains(purpose))
                || (!isOutward && protocol == ClearProtocol.SIP);
        return isOrdinary ? null : protocol;
    }

    /**
     * Whether nobody can say what it is about. Content networks serve what is public by design, as the status of
     * certificates, in the clear as well; which it is only a name tells, and while names are missing there is none.
     */
    static boolean isUndecided(ClearProtocol protocol, Destination destination) {
        return protocol == ClearProtocol.HTTP
                && destination.registrableDomain() == null
                && destination.placeState() == Place.State.ANYCAST;
    }

    /** The flow as what it is in the clear. */
    static ClearVisit of(AttributedFlow flow, ClearProtocol protocol, Destination destination) {
        NamedFlow named = flow.named();
        boolean isOutward = named.side() != Side.DESTINATION;
        boolean isLocal = destination.placeState() == Place.State.LOCAL;
        // A server inside the network has no other name; who calls a phone from there may be a person.
        String peer = isLocal && isOutward ? named.peer().toString() : destination.endpoint();
        return new ClearVisit(
                protocol,
                named.device(),
                peer,
                isOutward,
                named.startMillis(),
                named.endMillis(),
                named.bytesOut(),
                named.bytesIn(),
                named.servicePort(),
                protocol == ClearProtocol.OLD_TLS ? named.tlsVersion() : "",
                named.name().state(),
                destination);
    }

    /** What makes one finding: all devices of a site that talk so with one other end. */
    public String key() {
        return device.site() + "|" + peer + "|" + protocol.label() + (isOutward ? "" : "|inbound");
    }

    /** What would have been needed to be sure whom the device talks to; a caller and a server inside have no name to doubt. */
    List<String> doubts() {
        boolean isNamed = isOutward && destination.placeState() != Place.State.LOCAL;
        return isNamed ? NameDoubts.of(name) : List.of();
    }

    Evidence evidence() {
        return Evidence.ofFlow(device.key(), destination, endMillis);
    }

    private static boolean isTftp(NamedFlow flow) {
        return flow.flow().protocol() == TransportProtocol.UDP && flow.servicePort() == TFTP;
    }

    private static boolean isOutdated(String version) {
        return !version.isEmpty()
                && OUTDATED.contains(
                        version.replace(" ", "v").toLowerCase(Locale.ROOT).replace("vv", "v"));
    }

    private static @Nullable ClearProtocol byApplication(String application) {
        return switch (application) {
            case "http" -> ClearProtocol.HTTP;
            case "tftp" -> ClearProtocol.TFTP;
            case "telnet" -> ClearProtocol.TELNET;
            case "ftp", "ftp-data" -> ClearProtocol.FTP;
            case "sip" -> ClearProtocol.SIP;
            default -> null;
        };
    }

    /** A guess, where the exporter does not look into packets: the port, if enough was said there. */
    private static @Nullable ClearProtocol byPort(NamedFlow flow, int transport) {
        boolean isTcp = transport == TransportProtocol.TCP;
        boolean isUdp = transport == TransportProtocol.UDP;
        boolean isSpoken = spoke(flow, SPOKEN_PACKETS);
        return switch (flow.servicePort()) {
            case 80 -> isTcp && isSpoken ? ClearProtocol.HTTP : null;
            case TFTP -> isUdp ? ClearProtocol.TFTP : null;
            case 23 -> isTcp && isSpoken ? ClearProtocol.TELNET : null;
            case 21 -> isTcp && isSpoken ? ClearProtocol.FTP : null;
            case 5060 -> (isTcp && isSpoken) || (isUdp && spoke(flow, REGISTERING_PACKETS)) ? ClearProtocol.SIP : null;
            default -> null;
        };
    }

    private static boolean spoke(NamedFlow flow, long packets) {
        return flow.packetsOut() >= packets && flow.packetsIn() >= packets;
    }
}
