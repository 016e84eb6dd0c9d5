package observatory.ingest.archive;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import observatory.ingest.Decoders;
import observatory.ingest.decode.Format;
import observatory.ingest.dnslog.WindowsDnsDecoder;
import observatory.ingest.pcap.CaptureReader;
import observatory.ingest.text.Bytes;
import observatory.ingest.text.Slice;
import observatory.ingest.text.WallClock;
import observatory.ingest.zeek.ZeekLogName;

/**
 * One file of logs or datagrams: where it is, how it is written, and whose it is. Plain data; it can be handed to another process that
 * sees the same file.
 *
 * @param path the file as the user named it, or as found in a folder the user named
 * @param format how the records are written
 * @param compression how the bytes are compressed
 * @param isArray whether the file is one JSON array instead of one object a line
 * @param kind what no line of the file says of itself: for Zeek JSON the kind of log that the file name tells
 *     ({@code conn}), for logs of local times the {@link WallClock} they are read by; else empty
 * @param sensor name of the sensor, never empty; {@link #BY_ADDRESS} for a capture whose sensor was not stated
 * @param site name of the site, never empty
 * @param framing how messages follow one another; in a capture, each datagram tells its format itself and {@code format}
 *     is but that of the first
 */
public record ArchiveFile(
        String path,
        Format format,
        Compression compression,
        boolean isArray,
        String kind,
        String sensor,
        String site,
        Framing framing)
        implements Serializable {

    /** Stands for the sensor of a capture: each message names the exporter that sent it by its address. */
    public static final String BY_ADDRESS = "(exporter)";

    /** A file of lines. */
    public ArchiveFile(
            String path,
            Format format,
            Compression compression,
            boolean isArray,
            String kind,
            String sensor,
            String site) {
        this(path, format, compression, isArray, kind, sensor, site, Framing.LINES);
    }

    /** Enough for the longest first event (Suricata statistics: 20 KB). */
    private static final int HEAD = 256 * 1024;

    /** {@code dnsmasq.log-20261122}, {@code pihole.log.2026-11-22.gz}. */
    private static final Pattern DATE_IN_NAME =
            Pattern.compile("(?<![0-9])((?:19|20)[0-9]{2})-?([0-9]{2})-?([0-9]{2})(?![0-9])");

    /** Folders that tell when or that it was logged, not who logged it. */
    private static final Set<String> NOT_A_SENSOR = Set.of("log", "logs", "current", "archive", "archives", "spool");

    /**
     * Recognises a file.
     *
     * @throws ArchiveException when it cannot be read, is empty, or is of no known format
     */
    public static ArchiveFile open(Path path, ArchiveSettings settings) {
        if (!Files.exists(path)) {
            throw new ArchiveException(path + ": no such file or folder");
        }
        Compression compression;
        byte[] head;
        try {
            compression = Compression.of(head(path, Compression.NONE, 4));
            head = head(path, compression, HEAD);
        } catch (IOException unreadable) {
            throw new ArchiveException(path + ": cannot be read: " + reason(unreadable), unreadable);
        }
        boolean isCapture = CaptureReader.isCapture(head);
        Format format = settings.format() != null ? settings.format() : detected(path, compression, head, isCapture);
        boolean isArray = (format == Format.ZEEK_JSON || format == Format.SURICATA_EVE) && startsWithBracket(head);
        String named = settings.sensor() != null ? settings.sensor() : folderName(path);
        String sensor = isCapture && settings.sensor() == null ? BY_ADDRESS : named;
        String site = settings.site() != null ? settings.site() : named;
        Framing framing = isCapture ? Framing.CAPTURE : framing(format);
        return new ArchiveFile(
                path.toString(),
                format,
                compression,
                isArray,
                kind(format, path, head, settings),
                sensor,
                site,
                framing);
    }

    /** Opens the file for reading from its beginning; the caller closes the reader. */
    public BlockReader blocks() {
        return new BlockReader(this);
    }

    private static Format detected(Path path, Compression compression, byte[] head, boolean isCapture) {
        Optional<Format> format;
        if (isCapture) {
            format = DatagramFile.detect(new ByteArrayInputStream(head));
        } else {
            // No text begins as a datagram does.
            boolean isDatagram = DatagramFile.isDatagram(head);
            format = isDatagram ? Decoders.detectDatagram(head) : Decoders.detect(head, path.toString());
        }
        if (format.isPresent()) {
            return format.get();
        }
        if (isCapture) {
            throw new ArchiveException(
                    path + ": a packet capture without datagrams of NetFlow 5, 9, IPFIX or sFlow 5 in its"
                            + " first " + HEAD / 1024
                            + " KB; captured traffic itself is not read: let an exporter such as softflowd,"
                            + " or Zeek or Suricata, read it first");
        }
        String found = head.length == 0
                ? (compression == Compression.NONE ? "it is empty" : "its compressed data are broken or empty")
                : "it begins with '" + beginning(head) + "'";
        throw new ArchiveException(path + ": not recognised as " + known() + ": " + found
                + "; name the format with --format if it is one of these");
    }

    private static String known() {
        return Stream.of(Format.values()).map(Format::label).collect(Collectors.joining(", "));
    }

    private static String beginning(byte[] head) {
        int lineFeed = Bytes.indexOf(head, 0, head.length, (byte) '\n');
        int end = Math.min(lineFeed < 0 ? head.length : lineFeed, 40);
        return new String(head, 0, end, StandardCharsets.US_ASCII).replaceAll("\\p{Cntrl}|\ufffd", "?");
    }

    private static boolean startsWithBracket(byte[] head) {
        int i = Bytes.startsWithByteOrderMark(head) ? 3 : 0;
        while (i < head.length && Bytes.isSpace(head[i])) {
            i++;
        }
        return i < head.length && head[i] == '[';
    }

    private static String kind(Format format, Path path, byte[] head, ArchiveSettings settings) {
        return switch (format) {
            case ZEEK_JSON -> Objects.requireNonNullElse(ZeekLogName.ofFile(path.toString()), "");
            case ZEEK_TSV, SURICATA_EVE, COLLECTOR_STATUS, DNSTAP, NETFLOW5, NETFLOW9, IPFIX, SFLOW5 -> "";
            case WINDOWS_DNS -> (clock(path, settings) + ' ' + WindowsDnsDecoder.dateOrder(head)).strip();
            case DNSMASQ, BIND_QUERY, UNBOUND, COREDNS, POWERDNS, DNSMASQ_LEASES, ISC_LEASES, KEA_LEASES, INVENTORY ->
                clock(path, settings);
        };
    }

    private static Framing framing(Format format) {
        if (format == Format.DNSTAP) {
            return Framing.FRAMES;
        }
        return format.isDatagram() ? Framing.DATAGRAM : Framing.LINES;
    }

    private static String clock(Path path, ArchiveSettings settings) {
        return WallClock.stated(writtenBefore(path), Objects.requireNonNullElse(settings.zone(), ZoneOffset.UTC));
    }

    /** When the last line was written at the latest: the end of the day in the name of a rotated file, else its last change. */
    private static long writtenBefore(Path path) {
        Matcher date = DATE_IN_NAME.matcher(path.getFileName().toString());
        if (date.find()) {
            int year = Integer.parseInt(date.group(1));
            long day = WallClock.epochDay(year, Integer.parseInt(date.group(2)), Integer.parseInt(date.group(3)));
            if (day != Slice.INVALID) {
                return (day + 1) * 86_400 - 1;
            }
        }
        try {
            return Files.getLastModifiedTime(path).to(TimeUnit.SECONDS);
        } catch (IOException unreadable) {
            throw new ArchiveException(path + ": cannot be read: " + reason(unreadable), unreadable);
        }
    }

    /** Whose a log is: the nearest folder whose name is a name; Zeek files its logs in folders like {@code sensor1/logs/2024-04-29}. */
    public static String folderName(Path path) {
        Path folder = path.toAbsolutePath().normalize().getParent();
        while (folder != null && folder.getFileName() != null) {
            String name = folder.getFileName().toString();
            boolean isDate = name.matches("\\d{4}[-_.]?(\\d{2}([-_.]?\\d{2})?)?|\\d{1,2}");
            if (!isDate && !NOT_A_SENSOR.contains(name.toLowerCase(Locale.ROOT))) {
                return name;
            }
            folder = folder.getParent();
        }
        return "archive";
    }

    /** The first bytes; fewer when the file ends, or its compression breaks, before. */
    private static byte[] head(Path path, Compression compression, int length) throws IOException {
        byte[] head = new byte[length];
        int read = 0;
        try (InputStream raw = Files.newInputStream(path)) {
            try (InputStream in = compression.open(raw)) {
                int count;
                while (read < length && (count = in.read(head, read, length - read)) >= 0) {
                    read += count;
                }
            } catch (IOException broken) {
                if (compression == Compression.NONE) {
                    throw broken;
                }
            }
        }
        return Arrays.copyOf(head, read);
    }

    private static String reason(IOException fault) {
        String name = fault.getClass().getSimpleName().replace("Exception", "");
        boolean isPermission = fault instanceof java.nio.file.AccessDeniedException;
        return isPermission ? "permission denied" : name + ": " + fault.getMessage();
    }
}
