package observatory.jobs.finding.nameless;

import java.util.Set;
import observatory.geo.attribution.NameSource;
import observatory.geo.party.Party;
import observatory.ingest.observation.FlowObservation;
import observatory.jobs.attribute.AttributedFlow;
import observatory.jobs.attribute.NamedFlow;
import observatory.jobs.attribute.PhoneNetworks.Side;
import org.apache.flink.api.common.functions.FilterFunction;

/**
 * Flows of a device to an outside address that nothing names, and that no phone contacts by address in good order. In good
 * order are: whatever a resolver, a time server or a STUN server is asked, since these are configured or handed out as
 * addresses; signalling and UDP to the network of a telephony provider, since SIP hands out addresses; and what looks like
 * a call (RFC 3550), since that goes wherever the other party's SDP says.
 */
public final class ByAddress implements FilterFunction<AttributedFlow> {
    private static final long serialVersionUID = 1;
    private static final int TCP = 6;
    private static final int UDP = 17;

    /** DNS, NTP, DNS over TLS. */
    private static final Set<Integer> HANDED_OUT = Set.of(53, 123, 853);

    private static final Set<Integer> SIP = Set.of(5060, 5061);
    private static final int LOWEST_DYNAMIC = 1_024;

    /** RTP sends 20 to 100 packets a second, none of them a whole frame; pauses and mute make fewer. */
    private static final double FEWEST_MEDIA_PACKETS = 5;

    private static final double FEWEST_MEDIA_BYTES = 40;
    private static final double MOST_MEDIA_BYTES = 1_350;

    /** RTCP reports every few seconds (RFC 3550 section 6.2), on the odd port. */
    private static final double MOST_REPORT_PACKETS = 2;

    private static final double MOST_REPORT_BYTES = 400;

    @Override
    public boolean filter(AttributedFlow attributed) {
        NamedFlow named = attributed.named();
        int protocol = named.flow().protocol();
        boolean isOutside = !named.peer().isPrivate()
                && !named.peer().isMulticast()
                && !named.peer().isBroadcast();
        return attributed.destination().name().source() == NameSource.NONE
                && isOutside
                && named.side() != Side.DESTINATION
                && (protocol == TCP || protocol == UDP)
                && !isInOrder(attributed);
    }

    private static boolean isInOrder(AttributedFlow attributed) {
        NamedFlow named = attributed.named();
        int port = named.peerPort();
        boolean isUdp = named.flow().protocol() == UDP;
        boolean isDynamic =
                isUdp && port >= LOWEST_DYNAMIC && named.devicePort() >= LOWEST_DYNAMIC && !SIP.contains(port);
        boolean isProviders = attributed.destination().party().others() == Party.Role.PROVIDER;
        return HANDED_OUT.contains(port)
                || isStun(port, isUdp)
                || (isProviders && (isDynamic || SIP.contains(port)))
                || (isDynamic && (isMedia(named) || isReport(named)));
    }

    /** STUN and TURN (RFC 8489, RFC 8656) and the ports that large services use for them. */
    private static boolean isStun(int port, boolean isUdp) {
        return (port >= 3_478 && port <= 3_481) || port == 5_349 || (isUdp && port >= 19_302 && port <= 19_309);
    }

    private static boolean isMedia(NamedFlow named) {
        double rate = packets(named) / seconds(named);
        double size = bytes(named) / Math.max(1, packets(named));
        return rate >= FEWEST_MEDIA_PACKETS
                && size >= FEWEST_MEDIA_BYTES
                && size <= MOST_MEDIA_BYTES
                && seconds(named) >= 1;
    }

    private static boolean isReport(NamedFlow named) {
        double rate = packets(named) / seconds(named);
        double size = bytes(named) / Math.max(1, packets(named));
        return named.peerPort() % 2 == 1
                && named.devicePort() % 2 == 1
                && rate <= MOST_REPORT_PACKETS
                && size <= MOST_REPORT_BYTES;
    }

    /** Packets of the direction that sends more: a call may be heard by one side only. */
    private static double packets(NamedFlow named) {
        return Math.max(named.packetsOut(), named.packetsIn());
    }

    private static double bytes(NamedFlow named) {
        return named.packetsOut() >= named.packetsIn() ? named.bytesOut() : named.bytesIn();
    }

    private static double seconds(NamedFlow named) {
        FlowObservation flow = named.flow();
        return Math.max(0.001, (flow.endNanos() - flow.startNanos()) / 1e9);
    }
}
