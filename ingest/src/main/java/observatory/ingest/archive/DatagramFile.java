package observatory.ingest.archive;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import observatory.ingest.Decoders;
import observatory.ingest.decode.Format;
import observatory.ingest.decode.RawMessage;
import observatory.ingest.decode.Rejection;
import observatory.ingest.decode.Rejection.Reason;
import observatory.ingest.pcap.CaptureReader;
import observatory.ingest.pcap.CapturedDatagram;
import observatory.ingest.text.BigEndian;
import org.jspecify.annotations.Nullable;

/**
 * The exported datagrams of a capture, or of a file that is one datagram. Other packets of a capture are no input and are
 * passed over.
 */
final class DatagramFile {
    /** Where exporters send to, unless told otherwise. */
    private static final Set<Integer> COLLECTOR_PORTS = Set.of(2055, 2056, 4432, 4739, 6343, 9555, 9995, 9996);

    /** The longest payload that UDP can carry. */
    private static final int LONGEST_DATAGRAM = 65_535;

    /** What fits into a datagram; the standard says 30. */
    private static final int MOST_V5_RECORDS = 1_364;

    /** Seconds since 1970; no exporter of version 5 had an earlier clock on purpose. */
    private static final long YEAR_2000 = 946_684_800L;

    private final ArchiveFile file;
    private final InputStream in;
    private final @Nullable CaptureReader capture;
    private long position;
    private boolean isEnd;

    DatagramFile(ArchiveFile file, InputStream in) {
        this.file = file;
        this.in = in;
        this.capture = file.framing() == Framing.CAPTURE ? new CaptureReader(in) : null;
    }

    /** Bytes read so far, uncompressed. */
    long position() {
        return capture == null ? position : capture.position();
    }

    /**
     * The next datagram; null at the end. What breaks the reading off is a rejection without datagram, once.
     *
     * @throws IOException when the disk fails and the file is not compressed
     */
    @Nullable
    RawMessage next() throws IOException {
        if (isEnd) {
            return null;
        }
        try {
            return capture == null ? whole() : next(capture);
        } catch (IOException fault) {
            if (file.compression() == Compression.NONE) {
                throw fault;
            }
            isEnd = true;
            return broken("the compressed data break off or are damaged: " + fault.getMessage());
        }
    }

    /** Whether there is an exported datagram among the first of a capture. */
    static Optional<Format> detect(InputStream head) {
        CaptureReader capture = new CaptureReader(head);
        try {
            for (CapturedDatagram datagram = capture.next(); datagram != null; datagram = capture.next()) {
                if (isExport(datagram.payload(), datagram.destinationPort())) {
                    return Decoders.detectDatagram(datagram.payload());
                }
            }
        } catch (IOException impossible) {
            return Optional.empty();
        }
        return Optional.empty();
    }

    /** Whether a whole file is one datagram of an exporter. */
    static boolean isDatagram(byte[] bytes) {
        return bytes.length <= LONGEST_DATAGRAM && isPlausible(bytes);
    }

    private @Nullable RawMessage next(CaptureReader packets) throws IOException {
        for (CapturedDatagram datagram = packets.next(); datagram != null; datagram = packets.next()) {
            boolean isToCollector = COLLECTOR_PORTS.contains(datagram.destinationPort());
            if (isToCollector || isPlausible(datagram.payload())) {
                return message(datagram);
            }
        }
        isEnd = true;
        String fault = packets.fault();
        return fault == null ? null : broken(fault);
    }

    private RawMessage message(CapturedDatagram datagram) {
        boolean isByAddress = file.sensor().equals(ArchiveFile.BY_ADDRESS);
        int port = datagram.sourcePort();
        return new RawMessage(
                Decoders.detectDatagram(datagram.payload()).orElse(file.format()),
                isByAddress ? datagram.source().toString() : file.sensor(),
                file.site(),
                file.path(),
                0,
                datagram.offset(),
                datagram.nanos(),
                new byte[] {(byte) (port >>> 8), (byte) port},
                datagram.payload(),
                List.of());
    }

    private RawMessage whole() throws IOException {
        isEnd = true;
        byte[] bytes = in.readNBytes(LONGEST_DATAGRAM);
        position = bytes.length;
        Format format = Decoders.detectDatagram(bytes).orElse(file.format());
        return new RawMessage(format, file.sensor(), file.site(), file.path(), 0, 0, 0, new byte[0], bytes, List.of());
    }

    private RawMessage broken(String fault) {
        Rejection rejection = new Rejection(file.sensor(), file.path(), 0, position(), Reason.TRUNCATED, fault, "");
        return new RawMessage(
                file.format(),
                file.sensor(),
                file.site(),
                file.path(),
                0,
                position(),
                0,
                new byte[0],
                new byte[0],
                List.of(rejection));
    }

    private static boolean isExport(byte[] payload, int port) {
        return isPlausible(payload)
                || (COLLECTOR_PORTS.contains(port)
                        && Decoders.detectDatagram(payload).isPresent());
    }

    /** Whether not only the version but the header fits: two bytes alone are too easily met by other protocols. */
    private static boolean isPlausible(byte[] payload) {
        Optional<Format> format = Decoders.detectDatagram(payload);
        if (format.isEmpty() || payload.length < 20) {
            return false;
        }
        return switch (format.get()) {
            case NETFLOW5 -> {
                int count = BigEndian.u16(payload, 2);
                boolean isFull = (payload.length - 24) / 48 >= count || payload.length >= 24 + 48;
                yield count > 0 && count <= MOST_V5_RECORDS && isFull && BigEndian.u32(payload, 8) > YEAR_2000;
            }
            case NETFLOW9 -> isSet(payload, 20, 0, 1);
            case IPFIX -> BigEndian.u16(payload, 2) <= payload.length && isSet(payload, 16, 2, 3);
            case SFLOW5 -> {
                int kind = BigEndian.i32(payload, 4);
                yield payload.length >= 28 && (kind == 1 || kind == 2);
            }
            default -> false;
        };
    }

    private static boolean isSet(byte[] payload, int at, int templates, int options) {
        if (payload.length - at < 4) {
            return false;
        }
        int id = BigEndian.u16(payload, at);
        int length = BigEndian.u16(payload, at + 2);
        return (id == templates || id == options || id >= 256) && length >= 4 && length <= payload.length - at;
    }
}
