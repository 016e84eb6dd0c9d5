package observatory.ingest.observation;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import observatory.geo.address.IpAddress;
import org.jspecify.annotations.Nullable;

/**
 * Community ID version 1 with seed 0: the same text for the same conversation in Zeek, Suricata, Elastic and others, from
 * either side. Specification: github.com/corelight/community-id-spec.
 */
public final class CommunityId {
    private static final String VERSION = "1:";
    private static final short SEED = 0;

    /** ICMP types that answer one another, which makes a conversation of them; all other types are one-way. */
    private static final Map<Integer, Integer> ICMP_REPLIES =
            Map.of(8, 0, 0, 8, 13, 14, 14, 13, 15, 16, 16, 15, 10, 9, 9, 10, 17, 18, 18, 17);

    private static final Map<Integer, Integer> ICMPV6_REPLIES = Map.ofEntries(
            Map.entry(128, 129),
            Map.entry(129, 128),
            Map.entry(130, 131),
            Map.entry(131, 130),
            Map.entry(133, 134),
            Map.entry(134, 133),
            Map.entry(135, 136),
            Map.entry(136, 135),
            Map.entry(139, 140),
            Map.entry(140, 139),
            Map.entry(144, 145),
            Map.entry(145, 144));

    private CommunityId() {}

    /** The id of the flow; null when the source does not state its protocol, or its ports where the protocol has them. */
    public static @Nullable String of(FlowObservation flow) {
        return of(flow.source(), flow.sourcePort(), flow.destination(), flow.destinationPort(), flow.protocol());
    }

    /**
     * The id of a conversation.
     *
     * @param sourcePort 0..65535; ICMP type for ICMP; {@link FlowObservation#ABSENT} when there is none
     * @param destinationPort 0..65535; ICMP code for ICMP; likewise
     * @param protocol IANA protocol number
     * @return null when the protocol is absent, or when it has ports and one of them is absent
     */
    public static @Nullable String of(
            IpAddress source, int sourcePort, IpAddress destination, int destinationPort, int protocol) {
        if (protocol < 0 || protocol > 255) {
            return null;
        }
        boolean hasPorts = hasPorts(protocol);
        if (hasPorts && (sourcePort < 0 || destinationPort < 0)) {
            return null;
        }
        Integer reply = reply(protocol, sourcePort);
        boolean isOneWay = isIcmp(protocol) && reply == null;
        int secondPort = reply == null ? destinationPort : reply;
        byte[] first = source.toBytes();
        byte[] second = destination.toBytes();
        int order = Arrays.compareUnsigned(first, second);
        boolean isOrdered = isOneWay || order < 0 || (order == 0 && (!hasPorts || sourcePort <= secondPort));
        return isOrdered
                ? hash(first, second, protocol, hasPorts, sourcePort, secondPort)
                : hash(second, first, protocol, hasPorts, secondPort, sourcePort);
    }

    private static boolean isIcmp(int protocol) {
        return protocol == TransportProtocol.ICMP || protocol == TransportProtocol.ICMPV6;
    }

    private static boolean hasPorts(int protocol) {
        return protocol == TransportProtocol.TCP
                || protocol == TransportProtocol.UDP
                || protocol == TransportProtocol.SCTP
                || isIcmp(protocol);
    }

    private static @Nullable Integer reply(int protocol, int type) {
        return switch (protocol) {
            case TransportProtocol.ICMP -> ICMP_REPLIES.get(type);
            case TransportProtocol.ICMPV6 -> ICMPV6_REPLIES.get(type);
            default -> null;
        };
    }

    /**
     * <pre>
     * seed(2) first address(4|16) second address(4|16) protocol(1) zero(1) [first port(2) second port(2)]
     * </pre>
     */
    private static String hash(
            byte[] first, byte[] second, int protocol, boolean hasPorts, int firstPort, int secondPort) {
        ByteBuffer bytes = ByteBuffer.allocate(2 + first.length + second.length + 2 + (hasPorts ? 4 : 0));
        bytes.putShort(SEED).put(first).put(second).put((byte) protocol).put((byte) 0);
        if (hasPorts) {
            bytes.putShort((short) firstPort).putShort((short) secondPort);
        }
        return VERSION + Base64.getEncoder().encodeToString(sha1().digest(bytes.array()));
    }

    private static MessageDigest sha1() {
        try {
            return MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-1", impossible);
        }
    }
}
