package observatory.ingest.sflow;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import observatory.geo.address.IpAddress;
import observatory.ingest.decode.Format;
import observatory.ingest.decode.RawMessage;
import observatory.ingest.decode.Rejection;
import observatory.ingest.decode.Rejection.Reason;
import observatory.ingest.observation.ExportDetail;
import observatory.ingest.observation.ExportDetail.Translation;
import observatory.ingest.observation.FlowObservation;
import observatory.ingest.observation.MacAddress;
import observatory.ingest.observation.Observation;
import observatory.ingest.text.BigEndian;
import org.jspecify.annotations.Nullable;

/**
 * Reads sFlow version 5 datagrams (sflow.org, sflow_version_5.txt). Every sampled packet becomes one flow of one packet;
 * its bytes are the length of the IP packet, not of the frame. sFlow has no clock: the flow is dated when the datagram was
 * received. A reader is used for one datagram after the other, in one thread.
 *
 * <pre>
 * version(4)=5 address type(4) agent(4|16) sub-agent(4) sequence(4) uptime(4) samples(4) [format(4) length(4) sample]*
 * </pre>
 */
public final class SflowReader {
    private static final int ABSENT = FlowObservation.ABSENT;

    /** Interface numbers that stand for no interface: "unknown", and the sender itself. */
    private static final long NO_INTERFACE = 0x3fff_ffffL;

    private static final int FLOW_SAMPLE = 1;
    private static final int COUNTER_SAMPLE = 2;
    private static final int EXPANDED_FLOW_SAMPLE = 3;
    private static final int EXPANDED_COUNTER_SAMPLE = 4;
    private static final int RAW_PACKET = 1;
    private static final int ETHERNET_FRAME = 2;
    private static final int IPV4_PACKET = 3;
    private static final int IPV6_PACKET = 4;
    private static final int EXTENDED_SWITCH = 1001;
    private static final int EXTENDED_NAT = 1007;
    private static final int EXTENDED_NAT_PORTS = 1020;
    private static final int LARGEST_VLAN = 4_094;
    private static final int SAMPLE_BYTES = Rejection.SAMPLE_LIMIT / 2;

    private final PacketHeader packet = new PacketHeader();
    private IpAddress agent = IpAddress.ofIpv4(0);
    private long subAgent;
    private long sequence;
    private long uptimeMillis;
    private long samplingRate;
    private long ingress;
    private long egress;
    private int vlan;
    private @Nullable IpAddress natSource;
    private @Nullable IpAddress natDestination;
    private int natSourcePort;
    private int natDestinationPort;

    /** The address the agent gives itself; the datagram may come from another one. */
    public IpAddress agent() {
        return agent;
    }

    /** Which part of the agent numbers its datagrams by itself, 0..2^32-1. */
    public long subAgent() {
        return subAgent;
    }

    /** Number of the datagram, 0..2^32-1. */
    public long sequence() {
        return sequence;
    }

    /** Milliseconds since the agent was started, modulo 2^32. */
    public long uptimeMillis() {
        return uptimeMillis;
    }

    /**
     * Reads a datagram whose first four bytes say 5.
     *
     * @param observations where flows are added
     * @param rejections where all else is added: other samples, packets without IP, what is broken
     * @return whether its header could be read, so that the numbers of it mean something
     */
    public boolean read(RawMessage datagram, List<Observation> observations, List<Rejection> rejections) {
        byte[] bytes = datagram.payload();
        int addressLength = addressLength(bytes, 4, bytes.length);
        int at = 8 + addressLength;
        if (addressLength == 0 || bytes.length - at < 16) {
            Reason reason = bytes.length < 28 || addressLength > 0 ? Reason.TRUNCATED : Reason.BAD_VALUE;
            rejections.add(
                    rejection(datagram, 0, reason, "the header of the datagram is incomplete or names no address"));
            return false;
        }
        agent = address(bytes, 8, addressLength);
        subAgent = BigEndian.u32(bytes, at);
        sequence = BigEndian.u32(bytes, at + 4);
        uptimeMillis = BigEndian.u32(bytes, at + 8);
        long samples = BigEndian.u32(bytes, at + 12);
        at += 16;
        for (long i = 0; i < samples; i++) {
            // Each sample takes at least 8 bytes, hence the work is bounded by the datagram whatever the count says.
            if (bytes.length - at < 8 || bytes.length - at - 8 < BigEndian.u32(bytes, at + 4)) {
                String detail = "the datagram ends in sample " + (i + 1) + " of " + samples;
                rejections.add(rejection(datagram, at, Reason.TRUNCATED, detail));
                return true;
            }
            int end = at + 8 + (int) BigEndian.u32(bytes, at + 4);
            readSample(datagram, at, end, observations, rejections);
            at = end;
        }
        return true;
    }

    private void readSample(
            RawMessage datagram, int at, int end, List<Observation> observations, List<Rejection> rejections) {
        int format = BigEndian.i32(datagram.payload(), at);
        switch (format) {
            case FLOW_SAMPLE -> readFlow(datagram, at, false, end, observations, rejections);
            case EXPANDED_FLOW_SAMPLE -> readFlow(datagram, at, true, end, observations, rejections);
            case COUNTER_SAMPLE, EXPANDED_COUNTER_SAMPLE ->
                rejections.add(rejection(datagram, at, Reason.UNUSED_KIND, "sflow5 counter-sample"));
            default -> {
                String detail = "sflow5 sample " + (format >>> 12) + ":" + (format & 0xfff);
                rejections.add(rejection(datagram, at, Reason.UNUSED_KIND, detail));
            }
        }
    }

    /**
     * <pre>
     * sequence(4) source(4)                 rate(4) pool(4) drops(4) input(4)              output(4)              records(4)
     * sequence(4) source type(4) index(4)   rate(4) pool(4) drops(4) input format(4) value(4) output format(4) value(4) records(4)
     * </pre>
     */
    private void readFlow(
            RawMessage datagram,
            int sampleStart,
            boolean isExpanded,
            int end,
            List<Observation> observations,
            List<Rejection> rejections) {
        byte[] bytes = datagram.payload();
        int at = sampleStart + 8;
        if (end - at < (isExpanded ? 44 : 32)) {
            rejections.add(
                    rejection(datagram, sampleStart, Reason.MALFORMED, "a flow sample of " + (end - at) + " bytes"));
            return;
        }
        at += isExpanded ? 12 : 8;
        samplingRate = BigEndian.u32(bytes, at);
        at += 12;
        if (isExpanded) {
            ingress = expandedInterface(bytes, at);
            egress = expandedInterface(bytes, at + 8);
            at += 16;
        } else {
            ingress = compactInterface(bytes, at);
            egress = compactInterface(bytes, at + 4);
            at += 8;
        }
        packet.clear();
        vlan = 0;
        natSource = null;
        natDestination = null;
        natSourcePort = ABSENT;
        natDestinationPort = ABSENT;
        long records = BigEndian.u32(bytes, at);
        at += 4;
        for (long i = 0; i < records; i++) {
            if (end - at < 8 || end - at - 8 < BigEndian.u32(bytes, at + 4)) {
                String detail = "record " + (i + 1) + " of " + records + " reaches beyond its sample";
                rejections.add(rejection(datagram, at, Reason.MALFORMED, detail));
                return;
            }
            int next = at + 8 + (int) BigEndian.u32(bytes, at + 4);
            readRecord(bytes, BigEndian.i32(bytes, at), at + 8, next);
            at = next;
        }
        if (packet.hasAddresses()) {
            observations.add(flow(datagram));
        } else {
            rejections.add(rejection(datagram, sampleStart, Reason.UNUSED_KIND, "sflow5 packet without IP"));
        }
    }

    private void readRecord(byte[] bytes, int format, int at, int to) {
        int length = to - at;
        switch (format) {
            case RAW_PACKET -> readRawPacket(bytes, at, to);
            case ETHERNET_FRAME -> {
                if (length >= 20) {
                    packet.sourceMac = PacketHeader.mac(bytes, at + 4);
                    packet.destinationMac = PacketHeader.mac(bytes, at + 12);
                }
            }
            case IPV4_PACKET -> readIpPacket(bytes, at, length, 4);
            case IPV6_PACKET -> readIpPacket(bytes, at, length, 16);
            case EXTENDED_SWITCH -> {
                if (length >= 16) {
                    long id = BigEndian.u32(bytes, at);
                    vlan = id <= LARGEST_VLAN ? (int) id : 0;
                }
            }
            case EXTENDED_NAT -> readNat(bytes, at, to);
            case EXTENDED_NAT_PORTS -> {
                if (length >= 8) {
                    natSourcePort = BigEndian.i32(bytes, at) & 0xffff;
                    natDestinationPort = BigEndian.i32(bytes, at + 4) & 0xffff;
                }
            }
            default -> {}
        }
    }

    /** {@code protocol(4) frame length(4) stripped(4) header length(4) header}. */
    private void readRawPacket(byte[] bytes, int at, int to) {
        if (to - at < 16) {
            return;
        }
        long headerLength = BigEndian.u32(bytes, at + 12);
        int end = (int) Math.min(to, at + 16 + headerLength);
        switch (BigEndian.i32(bytes, at)) {
            case 1 -> packet.readEthernet(bytes, at + 16, end);
            case 11, 12 -> packet.readIp(bytes, at + 16, end);
            case 13 -> packet.readMpls(bytes, at + 16, end);
            default -> {}
        }
    }

    /** {@code length(4) protocol(4) source destination source port(4) destination port(4) flags(4) class(4)}. */
    private void readIpPacket(byte[] bytes, int at, int length, int addressLength) {
        if (packet.hasAddresses() || length < 8 + 2 * addressLength + 8) {
            return;
        }
        packet.ipBytes = BigEndian.u32(bytes, at);
        packet.protocol = BigEndian.i32(bytes, at + 4) & 0xff;
        packet.source = address(bytes, at + 8, addressLength);
        packet.destination = address(bytes, at + 8 + addressLength, addressLength);
        packet.sourcePort = BigEndian.i32(bytes, at + 8 + 2 * addressLength) & 0xffff;
        packet.destinationPort = BigEndian.i32(bytes, at + 12 + 2 * addressLength) & 0xffff;
    }

    /** {@code address type(4) address, twice}. */
    private void readNat(byte[] bytes, int at, int to) {
        int first = addressLength(bytes, at, to);
        int second = first == 0 ? 0 : addressLength(bytes, at + 4 + first, to);
        if (second > 0) {
            natSource = address(bytes, at + 4, first);
            natDestination = address(bytes, at + 8 + first, second);
        }
    }

    private FlowObservation flow(RawMessage datagram) {
        boolean isTimeKnown = datagram.receivedNanos() > 0;
        int sourceVlan = vlan != 0 ? vlan : packet.vlan;
        Translation nat = natSource == null && natDestination == null
                ? null
                : new Translation(natSource, natSourcePort, natDestination, natDestinationPort);
        ExportDetail detail = new ExportDetail(
                subAgent,
                samplingRate,
                samplingRate == 0,
                sourceVlan > 0 && sourceVlan <= LARGEST_VLAN ? sourceVlan : ABSENT,
                ingress,
                egress,
                nat,
                ABSENT,
                null,
                isTimeKnown,
                false,
                false);
        return new FlowObservation(
                datagram.sensor(),
                datagram.site(),
                Format.SFLOW5.observerType(),
                "",
                datagram.receivedNanos(),
                datagram.receivedNanos(),
                known(packet.source),
                packet.sourcePort,
                known(packet.destination),
                packet.destinationPort,
                packet.protocol,
                packet.ipBytes,
                ABSENT,
                1,
                ABSENT,
                packet.sourceMac == 0 ? null : MacAddress.ecs(packet.sourceMac),
                packet.destinationMac == 0 ? null : MacAddress.ecs(packet.destinationMac),
                null,
                null,
                detail);
    }

    private static IpAddress known(@Nullable IpAddress address) {
        return Objects.requireNonNull(address);
    }

    /** The two highest bits say what the rest is: 0 an interface, 1 why it was dropped, 2 how many interfaces. */
    private static long compactInterface(byte[] bytes, int at) {
        long value = BigEndian.u32(bytes, at);
        return value >>> 30 == 0 && value != NO_INTERFACE ? value : ABSENT;
    }

    private static long expandedInterface(byte[] bytes, int at) {
        long value = BigEndian.u32(bytes, at + 4);
        return BigEndian.i32(bytes, at) == 0 && value != NO_INTERFACE && value != 0xffff_ffffL ? value : ABSENT;
    }

    /** Bytes of the address after the type at this place; 0 when there is no address of a known type. */
    private static int addressLength(byte[] bytes, int at, int to) {
        if (to - at < 4) {
            return 0;
        }
        int length = switch (BigEndian.i32(bytes, at)) {
            case 1 -> 4;
            case 2 -> 16;
            default -> 0;
        };
        return to - at - 4 >= length ? length : 0;
    }

    private static IpAddress address(byte[] bytes, int at, int length) {
        return length == 4
                ? IpAddress.ofIpv4(BigEndian.i32(bytes, at))
                : new IpAddress(BigEndian.i64(bytes, at), BigEndian.i64(bytes, at + 8));
    }

    private static Rejection rejection(RawMessage datagram, int at, Reason reason, String detail) {
        byte[] bytes = datagram.payload();
        byte[] sample =
                Arrays.copyOfRange(bytes, Math.min(at, bytes.length), Math.min(bytes.length, at + SAMPLE_BYTES));
        return new Rejection(
                datagram.sensor(),
                datagram.source(),
                0,
                datagram.offset() + at,
                reason,
                detail,
                HexFormat.of().formatHex(sample));
    }
}
