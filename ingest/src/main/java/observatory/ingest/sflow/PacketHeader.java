package observatory.ingest.sflow;

import observatory.geo.address.IpAddress;
import observatory.ingest.observation.FlowObservation;
import observatory.ingest.observation.TransportProtocol;
import observatory.ingest.text.BigEndian;
import org.jspecify.annotations.Nullable;

/**
 * The first bytes of a packet, from the Ethernet or IP header on, as far as they were captured.
 *
 * <pre>
 * destination MAC(6) source MAC(6) [tag protocol(2) priority and VLAN(2)]* type(2) | [MPLS label(4)]* | IP | TCP, UDP, ...
 * </pre>
 */
final class PacketHeader {
    private static final int IPV4 = 0x0800;
    private static final int IPV6 = 0x86dd;
    private static final int MPLS = 0x8847;
    private static final int PPPOE = 0x8864;

    /** Against frames that are nothing but tags or labels. */
    private static final int MOST_TAGS = 8;

    /** Against chains of IPv6 extension headers (RFC 8504 section 5.3 allows such a limit). */
    private static final int MOST_EXTENSIONS = 8;

    private static final int SHORTEST_IPV4 = 20;
    private static final int IPV6_HEADER = 40;
    private static final int VLAN_MASK = 0xfff;

    @Nullable
    IpAddress source;

    @Nullable
    IpAddress destination;

    int protocol;
    int sourcePort;
    int destinationPort;
    int vlan;
    long sourceMac;
    long destinationMac;
    long ipBytes;

    void clear() {
        source = null;
        destination = null;
        protocol = FlowObservation.ABSENT;
        sourcePort = FlowObservation.ABSENT;
        destinationPort = FlowObservation.ABSENT;
        vlan = 0;
        sourceMac = 0;
        destinationMac = 0;
        ipBytes = FlowObservation.ABSENT;
    }

    boolean hasAddresses() {
        return source != null && destination != null;
    }

    /** Reads an Ethernet frame in {@code bytes[at, to)}. */
    void readEthernet(byte[] bytes, int at, int to) {
        if (to - at < 14) {
            return;
        }
        destinationMac = mac(bytes, at);
        sourceMac = mac(bytes, at + 6);
        int type = BigEndian.u16(bytes, at + 12);
        int next = at + 14;
        for (int tags = 0; isTag(type) && tags < MOST_TAGS && to - next >= 4; tags++) {
            vlan = vlan == 0 ? BigEndian.u16(bytes, next) & VLAN_MASK : vlan;
            type = BigEndian.u16(bytes, next + 2);
            next += 4;
        }
        switch (type) {
            case IPV4, IPV6 -> readIp(bytes, next, to);
            case MPLS -> readMpls(bytes, next, to);
            // Version, code, session, length, and the PPP protocol.
            case PPPOE -> readIp(bytes, next + 8, to);
            default -> {}
        }
    }

    /** Reads label stack and packet: no field names what follows the last label, the version of IP does. */
    void readMpls(byte[] bytes, int at, int to) {
        int next = at;
        for (int labels = 0; labels < MOST_TAGS && to - next >= 4; labels++) {
            boolean isBottom = (bytes[next + 2] & 1) != 0;
            next += 4;
            if (isBottom) {
                readIp(bytes, next, to);
                return;
            }
        }
    }

    /** Reads an IP packet of either version. */
    void readIp(byte[] bytes, int at, int to) {
        if (at >= to) {
            return;
        }
        int version = BigEndian.u8(bytes, at) >>> 4;
        if (version == 4 && to - at >= SHORTEST_IPV4) {
            readIpv4(bytes, at, to);
        } else if (version == 6 && to - at >= IPV6_HEADER) {
            readIpv6(bytes, at, to);
        }
    }

    private void readIpv4(byte[] bytes, int at, int to) {
        source = IpAddress.ofIpv4(BigEndian.i32(bytes, at + 12));
        destination = IpAddress.ofIpv4(BigEndian.i32(bytes, at + 16));
        protocol = BigEndian.u8(bytes, at + 9);
        ipBytes = BigEndian.u16(bytes, at + 2);
        int headerLength = (bytes[at] & 0xf) * 4;
        boolean isFirstFragment = (BigEndian.u16(bytes, at + 6) & 0x1fff) == 0;
        if (isFirstFragment && headerLength >= SHORTEST_IPV4) {
            readPorts(bytes, at + headerLength, to);
        }
    }

    private void readIpv6(byte[] bytes, int at, int to) {
        source = new IpAddress(BigEndian.i64(bytes, at + 8), BigEndian.i64(bytes, at + 16));
        destination = new IpAddress(BigEndian.i64(bytes, at + 24), BigEndian.i64(bytes, at + 32));
        ipBytes = IPV6_HEADER + BigEndian.u16(bytes, at + 4);
        int next = BigEndian.u8(bytes, at + 6);
        int where = at + IPV6_HEADER;
        for (int i = 0; i < MOST_EXTENSIONS && isExtension(next) && to - where >= 8; i++) {
            boolean isLaterFragment = next == 44 && (BigEndian.u16(bytes, where + 2) & 0xfff8) != 0;
            int length = next == 44 ? 8 : (BigEndian.u8(bytes, where + 1) + 1) * 8;
            next = BigEndian.u8(bytes, where);
            where += length;
            if (isLaterFragment) {
                protocol = next;
                return;
            }
        }
        protocol = next;
        readPorts(bytes, where, to);
    }

    /** Hop-by-hop options, routing, fragment, destination options. */
    private static boolean isExtension(int protocol) {
        return protocol == 0 || protocol == 43 || protocol == 44 || protocol == 60;
    }

    private void readPorts(byte[] bytes, int at, int to) {
        switch (protocol) {
            case TransportProtocol.TCP, TransportProtocol.UDP, TransportProtocol.SCTP -> {
                if (to - at >= 4) {
                    sourcePort = BigEndian.u16(bytes, at);
                    destinationPort = BigEndian.u16(bytes, at + 2);
                }
            }
            case TransportProtocol.ICMP, TransportProtocol.ICMPV6 -> {
                if (to - at >= 2) {
                    sourcePort = BigEndian.u8(bytes, at);
                    destinationPort = BigEndian.u8(bytes, at + 1);
                }
            }
            default -> {}
        }
    }

    private static boolean isTag(int type) {
        return type == 0x8100 || type == 0x88a8 || type == 0x9100 || type == 0x9200;
    }

    static long mac(byte[] bytes, int at) {
        return (long) BigEndian.u16(bytes, at) << 32 | BigEndian.u32(bytes, at + 2);
    }
}
