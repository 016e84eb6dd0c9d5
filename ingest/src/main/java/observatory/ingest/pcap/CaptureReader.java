package observatory.ingest.pcap;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import observatory.geo.address.IpAddress;
import observatory.ingest.observation.TransportProtocol;
import observatory.ingest.text.BigEndian;
import org.jspecify.annotations.Nullable;

/**
 * Reads pcap (micro- and nanoseconds, either byte order) and pcapng files and gives the UDP datagrams in them; other packets
 * are passed over. Formats: draft-ietf-opsawg-pcap, draft-ietf-opsawg-pcapng. Holds one packet in memory.
 *
 * <pre>
 * pcap:   magic(4) version(4) zone(4) accuracy(4) snapshot length(4) link(4) [seconds(4) fraction(4) captured(4) length(4) packet]*
 * pcapng: [type(4) length(4) body length(4)]*
 * </pre>
 */
public final class CaptureReader {
    private static final int PCAP_MICROS = 0xa1b2c3d4;
    private static final int PCAP_NANOS = 0xa1b23c4d;
    private static final int SECTION = 0x0a0d0d0a;
    private static final int SECTION_ORDER = 0x1a2b3c4d;
    private static final int INTERFACE = 1;
    private static final int OLD_PACKET = 2;
    private static final int SIMPLE_PACKET = 3;
    private static final int ENHANCED_PACKET = 6;
    private static final int OPTION_RESOLUTION = 9;

    /** Against lengths that a broken file invents: the largest snapshot length of libpcap, and room for options. */
    private static final int LONGEST_BLOCK = 512 * 1024;

    /** Against sections of ever more interfaces. */
    private static final int MOST_INTERFACES = 4_096;

    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final long NANOS_PER_MICRO = 1_000L;

    private final InputStream in;
    private long position;
    private boolean isStarted;
    private boolean isNextGeneration;
    private ByteOrder order = ByteOrder.BIG_ENDIAN;
    private boolean hasNanos;
    private int pcapLink;
    private final int[] links = new int[MOST_INTERFACES];
    private final int[] resolutions = new int[MOST_INTERFACES];
    private int interfaces;
    private @Nullable String fault;

    /** Reads from the stream, which the caller closes. */
    public CaptureReader(InputStream in) {
        this.in = in;
    }

    /** Whether a file that begins so is a capture. */
    public static boolean isCapture(byte[] head) {
        if (head.length < 4) {
            return false;
        }
        int magic = BigEndian.i32(head, 0);
        return magic == SECTION || isPcap(magic) || isPcap(Integer.reverseBytes(magic));
    }

    /** Bytes read so far. */
    public long position() {
        return position;
    }

    /** What was wrong where the reading ended too early; null when it ended where the file does. */
    public @Nullable String fault() {
        return fault;
    }

    /**
     * The next UDP datagram; null at the end, also when what follows cannot be read as packets ({@link #fault}).
     *
     * @throws IOException when the stream fails
     */
    public @Nullable CapturedDatagram next() throws IOException {
        if (!isStarted) {
            isStarted = true;
            start();
        }
        while (fault == null) {
            byte[] head = isNextGeneration ? read(8) : read(16);
            if (head.length == 0) {
                return null;
            }
            CapturedDatagram datagram = isNextGeneration ? readBlock(head) : readPacket(head);
            if (datagram != null) {
                return datagram;
            }
        }
        return null;
    }

    private static boolean isPcap(int magic) {
        return magic == PCAP_MICROS || magic == PCAP_NANOS;
    }

    private void start() throws IOException {
        byte[] head = read(8);
        if (head.length < 8) {
            fault = "the file is shorter than its header";
            return;
        }
        int magic = BigEndian.i32(head, 0);
        if (magic == SECTION) {
            isNextGeneration = true;
            readSection(head);
            return;
        }
        order = isPcap(magic) ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        hasNanos = number(head, 0) == PCAP_NANOS;
        byte[] rest = read(16);
        if (rest.length < 16) {
            fault = "the file is shorter than its header";
            return;
        }
        pcapLink = number(rest, 12) & 0xffff;
    }

    private @Nullable CapturedDatagram readPacket(byte[] head) throws IOException {
        if (head.length < 16) {
            fault = "the file ends in the header of a packet";
            return null;
        }
        byte[] packet = body(number(head, 8));
        if (packet == null) {
            return null;
        }
        long fraction = Integer.toUnsignedLong(number(head, 4));
        long nanos = Integer.toUnsignedLong(number(head, 0)) * NANOS_PER_SECOND
                + (hasNanos ? fraction : fraction * NANOS_PER_MICRO);
        return datagram(packet, 0, packet.length, pcapLink, nanos, position - packet.length);
    }

    private @Nullable CapturedDatagram readBlock(byte[] head) throws IOException {
        if (head.length < 8) {
            fault = "the file ends in the header of a block";
            return null;
        }
        if (BigEndian.i32(head, 0) == SECTION) {
            readSection(head);
            return null;
        }
        int type = number(head, 0);
        int length = number(head, 4);
        if (length < 12 || length % 4 != 0) {
            fault = "a block says it is " + Integer.toUnsignedString(length) + " bytes long";
            return null;
        }
        byte[] body = body(length - 8);
        if (body == null) {
            return null;
        }
        long start = position - body.length;
        return switch (type) {
            case INTERFACE -> {
                readInterface(body);
                yield null;
            }
            case ENHANCED_PACKET -> enhanced(body, number(body, 0), start);
            case OLD_PACKET ->
                enhanced(body, number(body, 0) >>> (order == ByteOrder.BIG_ENDIAN ? 16 : 0) & 0xffff, start);
            case SIMPLE_PACKET -> simple(body, start);
            default -> null;
        };
    }

    /** {@code length(4) packet}: of the first interface, and without time. */
    private @Nullable CapturedDatagram simple(byte[] body, long start) {
        if (body.length < 8 || interfaces == 0) {
            return null;
        }
        int captured = Math.clamp(Integer.toUnsignedLong(number(body, 0)), 0, body.length - 8);
        return datagram(body, 4, 4 + captured, links[0], 0, start);
    }

    /** {@code interface(4) time high(4) time low(4) captured(4) length(4) packet options}. */
    private @Nullable CapturedDatagram enhanced(byte[] body, int interfaceNumber, long start) {
        if (body.length < 24 || interfaceNumber < 0 || interfaceNumber >= interfaces) {
            return null;
        }
        long time = Integer.toUnsignedLong(number(body, 4)) << 32 | Integer.toUnsignedLong(number(body, 8));
        int captured = Math.clamp(Integer.toUnsignedLong(number(body, 12)), 0, body.length - 24);
        long nanos = nanos(time, resolutions[interfaceNumber]);
        return datagram(body, 20, 20 + captured, links[interfaceNumber], nanos, start);
    }

    /** The resolution is a power of ten, or of two when the highest bit is set. */
    private static long nanos(long time, int resolution) {
        boolean isBinary = (resolution & 0x80) != 0;
        double unit = isBinary ? Math.pow(2, -(resolution & 0x7f)) : Math.pow(10, -resolution);
        return switch (resolution) {
            case 6 -> time * NANOS_PER_MICRO;
            case 9 -> time;
            default -> (long) (time * unit * NANOS_PER_SECOND);
        };
    }

    private void readSection(byte[] head) throws IOException {
        byte[] magic = read(4);
        if (magic.length < 4) {
            fault = "the file ends in the header of a section";
            return;
        }
        order = BigEndian.i32(magic, 0) == SECTION_ORDER ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        interfaces = 0;
        int length = number(head, 4);
        if (length < 28) {
            fault = "a section header says it is " + Integer.toUnsignedString(length) + " bytes long";
            return;
        }
        body(length - 12);
    }

    /** {@code link(2) reserved(2) snapshot length(4) [code(2) length(2) value]* length(4)}. */
    private void readInterface(byte[] body) {
        if (body.length < 12 || interfaces == MOST_INTERFACES) {
            return;
        }
        links[interfaces] = number16(body, 0);
        int resolution = 6;
        int at = 8;
        while (body.length - 4 - at >= 4) {
            int code = number16(body, at);
            int length = number16(body, at + 2);
            if (code == 0 || length > body.length - 4 - at - 4) {
                break;
            }
            if (code == OPTION_RESOLUTION && length >= 1) {
                resolution = BigEndian.u8(body, at + 4);
            }
            at += 4 + (length + 3) / 4 * 4;
        }
        resolutions[interfaces++] = resolution;
    }

    /** The bytes of a packet or block; null, with a fault, when they are not all there or too many. */
    private byte @Nullable [] body(int length) throws IOException {
        if (length < 0 || length > LONGEST_BLOCK) {
            fault = "a packet says it is " + Integer.toUnsignedString(length) + " bytes long, more than "
                    + LONGEST_BLOCK;
            return null;
        }
        byte[] body = read(length);
        if (body.length < length) {
            fault = "the file ends in a packet";
            return null;
        }
        return body;
    }

    private byte[] read(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        position += bytes.length;
        return bytes;
    }

    private int number(byte[] bytes, int at) {
        int value = BigEndian.i32(bytes, at);
        return order == ByteOrder.BIG_ENDIAN ? value : Integer.reverseBytes(value);
    }

    private int number16(byte[] bytes, int at) {
        return ByteBuffer.wrap(bytes).order(order).getShort(at) & 0xffff;
    }

    /** The datagram in a packet; null when there is none, or only the later part of one. */
    private static @Nullable CapturedDatagram datagram(
            byte[] bytes, int from, int to, int link, long nanos, long start) {
        int ip = from + linkHeader(bytes, from, to, link);
        if (ip < from || to - ip < 20) {
            return null;
        }
        int version = BigEndian.u8(bytes, ip) >>> 4;
        if (version == 4) {
            int udp = ip + (bytes[ip] & 0xf) * 4;
            boolean isLaterFragment = (BigEndian.u16(bytes, ip + 6) & 0x1fff) != 0;
            boolean isUdp = BigEndian.u8(bytes, ip + 9) == TransportProtocol.UDP;
            return isUdp && !isLaterFragment
                    ? datagram(
                            bytes,
                            udp,
                            to,
                            IpAddress.ofIpv4(BigEndian.i32(bytes, ip + 12)),
                            IpAddress.ofIpv4(BigEndian.i32(bytes, ip + 16)),
                            nanos,
                            start)
                    : null;
        }
        boolean isUdp6 = version == 6 && to - ip >= 40 && BigEndian.u8(bytes, ip + 6) == TransportProtocol.UDP;
        return isUdp6
                ? datagram(
                        bytes,
                        ip + 40,
                        to,
                        new IpAddress(BigEndian.i64(bytes, ip + 8), BigEndian.i64(bytes, ip + 16)),
                        new IpAddress(BigEndian.i64(bytes, ip + 24), BigEndian.i64(bytes, ip + 32)),
                        nanos,
                        start)
                : null;
    }

    private static @Nullable CapturedDatagram datagram(
            byte[] bytes, int udp, int to, IpAddress source, IpAddress destination, long nanos, long start) {
        if (to - udp < 8) {
            return null;
        }
        int stated = BigEndian.u16(bytes, udp + 4) - 8;
        int length = stated >= 0 ? Math.min(stated, to - udp - 8) : to - udp - 8;
        byte[] payload = Arrays.copyOfRange(bytes, udp + 8, udp + 8 + length);
        return new CapturedDatagram(
                nanos,
                start + udp + 8,
                source,
                BigEndian.u16(bytes, udp),
                destination,
                BigEndian.u16(bytes, udp + 2),
                payload);
    }

    /** Bytes before the IP header, by the kind of link (tcpdump.org/linktypes.html); -1 for kinds that are not read. */
    private static int linkHeader(byte[] bytes, int from, int to, int link) {
        return switch (link) {
            case 0, 108 -> 4;
            case 1 -> ethernetHeader(bytes, from, to);
            case 12, 14, 101, 228, 229 -> 0;
            case 113 -> 16;
            case 276 -> 20;
            default -> -1;
        };
    }

    private static int ethernetHeader(byte[] bytes, int from, int to) {
        int length = 14;
        // At most two tags, as in QinQ.
        for (int tags = 0; tags < 2 && to - from >= length; tags++) {
            int type = BigEndian.u16(bytes, from + length - 2);
            if (type != 0x8100 && type != 0x88a8) {
                break;
            }
            length += 4;
        }
        return length;
    }
}
