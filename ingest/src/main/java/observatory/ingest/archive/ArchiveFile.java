package observatory.ingest.archive;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import observatory.ingest.Decoders;
import observatory.ingest.decode.Format;
import observatory.ingest.text.Bytes;
import observatory.ingest.zeek.ZeekLogName;

/**
 * One log file: where it is, how it is written, and whose it is. Plain data; it can be handed to another process that
 * sees the same file.
 *
 * @param path the file as the user named it, or as found in a folder the user named
 * @param format how the records are written
 * @param compression how the bytes are compressed
 * @param isArray whether the file is one JSON array instead of one object a line
 * @param kind for Zeek JSON the kind of log that the file name tells ({@code conn}); else empty
 * @param sensor name of the sensor, never empty
 * @param site name of the site, never empty
 */
public record ArchiveFile(
        String path, Format format, Compression compression, boolean isArray, String kind, String sensor, String site)
        implements Serializable {

    /** Enough for the longest first event (Suricata statistics: 20 KB). */
    private static final int HEAD = 256 * 1024;

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
        Format format = settings.format() != null ? settings.format() : detected(path, compression, head);
        boolean isArray = format != Format.ZEEK_TSV && startsWithBracket(head);
        String sensor = settings.sensor() != null ? settings.sensor() : folderName(path);
        String site = settings.site() != null ? settings.site() : sensor;
        return new ArchiveFile(path.toString(), format, compression, isArray, kind(format, path), sensor, site);
    }

    /** Opens the file for reading from its beginning; the caller closes the reader. */
    public BlockReader blocks() {
        return new BlockReader(this);
    }

    private static Format detected(Path path, Compression compression, byte[] head) {
        Optional<Format> format = Decoders.detect(head, path.toString());
        if (format.isPresent()) {
            return format.get();
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

    private static String kind(Format format, Path path) {
        String kind = format == Format.ZEEK_JSON ? ZeekLogName.ofFile(path.toString()) : null;
        return kind == null ? "" : kind;
    }

    /** The nearest folder whose name is a name; Zeek files its logs in folders like {@code sensor1/logs/2024-04-29}. */
    private static String folderName(Path path) {
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
