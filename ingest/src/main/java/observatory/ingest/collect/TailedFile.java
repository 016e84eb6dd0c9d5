package observatory.ingest.collect;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import observatory.ingest.Decoders;
import observatory.ingest.archive.ArchiveFile;
import observatory.ingest.archive.BlockReader;
import observatory.ingest.archive.ZeekHeaderLines;
import observatory.ingest.decode.Format;
import observatory.ingest.decode.RawMessage;
import observatory.ingest.decode.Rejection;
import observatory.ingest.decode.Rejection.Reason;
import observatory.ingest.text.Bytes;
import observatory.ingest.zeek.ZeekLogName;
import org.jspecify.annotations.Nullable;

/**
 * One writing of a log file that is being followed: gives what has been added since, in blocks of whole lines as
 * {@link BlockReader} does; a last line without its end waits. Reads through an open file, so that it goes on to the end
 * when the file is renamed or deleted.
 */
final class TailedFile implements AutoCloseable {
    private static final int BUFFER = 2 * BlockReader.BLOCK_BYTES;

    /** Zeek's header lines take some 5 KB; one with more is not carried along with every block. */
    private static final int LONGEST_HEADER = 256 * 1024;

    /** A position is not written anew only because the file was seen again. */
    private static final long SEEN_STEP_MILLIS = 10_000;

    private final CollectSettings.Files settings;
    private final FileChannel channel;
    private final ZeekHeaderLines header = new ZeekHeaderLines();
    private final String sensor;
    private final String site;
    private final byte[] kind;
    private final byte[] clock;
    private byte[] buffer = new byte[BUFFER];
    private int limit;
    private Path path;
    private @Nullable Format format;
    private Fingerprint fingerprint;
    private long offset;
    private long line;
    private long scannedTo;
    private volatile Position stored;
    private volatile boolean hasFailed;

    private TailedFile(CollectSettings.Files settings, Path path, Position from, FileChannel channel) {
        this.settings = settings;
        this.path = path;
        this.channel = channel;
        this.format = settings.format();
        this.fingerprint = from.fingerprint();
        this.offset = from.offset();
        this.line = from.line();
        this.stored = from;
        this.sensor = settings.sensor() == null ? ArchiveFile.folderName(path) : settings.sensor();
        this.site = settings.site() == null ? sensor : settings.site();
        String name = ZeekLogName.ofFile(from.path());
        this.kind = name == null ? new byte[0] : name.getBytes(StandardCharsets.UTF_8);
        this.clock = CollectSettings.clockHeader(settings.zone());
        restore(from.header());
    }

    /** Follows a file from a position. */
    static TailedFile open(CollectSettings.Files settings, Path path, Position from) throws IOException {
        return new TailedFile(settings, path, from, FileChannel.open(path));
    }

    private void restore(byte[] lines) {
        for (int start = 0; start < lines.length; ) {
            int lineFeed = Bytes.indexOf(lines, start, lines.length, (byte) '\n');
            int end = lineFeed < 0 ? lines.length : lineFeed + 1;
            header.add(Arrays.copyOfRange(lines, start, end));
            start = end;
        }
    }

    /** A block with the position after it. */
    record Block(RawMessage message, long end, long nextLine, byte[] headerAfter, long records) {}

    /**
     * The next block of what is there, or null when there is no whole line.
     *
     * @throws UncheckedIOException when the disk fails
     */
    @Nullable
    Block next() {
        try {
            return scannedTo > offset ? endOfLongLine() : nextLines();
        } catch (IOException e) {
            throw new UncheckedIOException(path + " cannot be read: " + e.getMessage(), e);
        }
    }

    private @Nullable Block nextLines() throws IOException {
        read(offset, BUFFER);
        Format known = format();
        if (known == null) {
            return null;
        }
        byte[] headerBefore = headerOf(known);
        long firstLine = line;
        long records = 0;
        int end = 0;
        while (end < BlockReader.BLOCK_BYTES) {
            int lineFeed = Bytes.indexOf(buffer, end, limit, (byte) '\n');
            if (lineFeed < 0) {
                break;
            }
            boolean isDirective = known == Format.ZEEK_TSV && buffer[end] == '#';
            if (isDirective) {
                header.add(Arrays.copyOfRange(buffer, end, lineFeed + 1));
            } else if (!Bytes.isBlank(buffer, end, lineFeed)) {
                records++;
            }
            line++;
            end = lineFeed + 1;
        }
        if (end == 0) {
            return limit < BUFFER ? null : longLine(known);
        }
        long from = offset;
        offset += end;
        scannedTo = offset;
        return block(known, firstLine, from, headerBefore, Arrays.copyOf(buffer, end), List.of(), records);
    }

    /** A line that is longer than the buffer, and still may be one that is read. */
    private @Nullable Block longLine(Format known) throws IOException {
        read(offset, BlockReader.LONGEST_LINE + 1);
        int lineFeed = Bytes.indexOf(buffer, 0, limit, (byte) '\n');
        if (lineFeed < 0) {
            scannedTo = limit > BlockReader.LONGEST_LINE ? offset + limit : scannedTo;
            buffer = new byte[BUFFER];
            return null;
        }
        byte[] payload = Arrays.copyOf(buffer, lineFeed + 1);
        buffer = new byte[BUFFER];
        byte[] headerBefore = headerOf(known);
        boolean isDirective = known == Format.ZEEK_TSV && payload[0] == '#';
        if (isDirective) {
            header.add(payload);
        }
        long from = offset;
        offset += payload.length;
        scannedTo = offset;
        return block(known, line++, from, headerBefore, payload, List.of(), isDirective ? 0 : 1);
    }

    /** Looks for the end of a line that is too long, a buffer at a time, without holding it. */
    private @Nullable Block endOfLongLine() throws IOException {
        Format known = format();
        while (known != null) {
            read(scannedTo, BUFFER);
            if (limit == 0) {
                return null;
            }
            int lineFeed = Bytes.indexOf(buffer, 0, limit, (byte) '\n');
            scannedTo += lineFeed < 0 ? limit : lineFeed + 1;
            if (lineFeed >= 0) {
                return tooLong(known);
            }
        }
        return null;
    }

    private Block tooLong(Format known) throws IOException {
        read(offset, Rejection.SAMPLE_LIMIT);
        Rejection rejection = new Rejection(
                sensor,
                path.toString(),
                line,
                offset,
                Reason.TOO_LONG,
                "the line has " + (scannedTo - offset) + " bytes, at most " + BlockReader.LONGEST_LINE + " are read",
                Rejection.sample(Arrays.copyOf(buffer, limit)));
        long from = offset;
        offset = scannedTo;
        return block(known, line++, from, headerOf(known), new byte[0], List.of(rejection), 1);
    }

    private Block block(
            Format known,
            long firstLine,
            long from,
            byte[] headerBefore,
            byte[] payload,
            List<Rejection> unreadable,
            long records) {
        RawMessage message = new RawMessage(
                known, sensor, site, path.toString(), firstLine, from, 0, headerBefore, payload, unreadable);
        return new Block(message, offset, line, header.bytes(), records);
    }

    private byte[] headerOf(Format known) {
        byte[] lines = switch (known) {
            case ZEEK_TSV -> header.bytes();
            case ZEEK_JSON -> kind;
            default -> clock;
        };
        return lines.length > LONGEST_HEADER ? new byte[0] : lines;
    }

    private void read(long from, int wanted) throws IOException {
        if (buffer.length < wanted) {
            buffer = new byte[wanted];
        }
        ByteBuffer into = ByteBuffer.wrap(buffer, 0, wanted);
        while (into.hasRemaining() && channel.read(into, from + into.position()) > 0) {
            // The kernel may give less than was asked for.
        }
        limit = into.position();
    }

    private @Nullable Format format() {
        if (format == null && limit > 0) {
            byte[] head = offset == 0 ? Arrays.copyOf(buffer, limit) : header.bytes();
            Optional<Format> detected = Decoders.detect(head, stored.path());
            format = detected.or(() -> Decoders.detect(Arrays.copyOf(buffer, limit), stored.path()))
                    .filter(found -> !found.isDatagram() && found != Format.DNSTAP) // those have no lines to follow
                    .orElse(null);
        }
        return format;
    }

    /** Whether this is still what was opened: not emptied and written anew by copy-truncate. */
    boolean isSame() throws IOException {
        return channel.size() >= offset && fingerprint.fits(channel);
    }

    /** Notes where the file is now, and more of how it begins while it is short. */
    void seen(Path at, String inode, long millis) throws IOException {
        path = at;
        if (fingerprint.length() < Fingerprint.LONGEST) {
            fingerprint = Fingerprint.of(channel, Fingerprint.LONGEST);
        }
        synchronized (this) {
            boolean isNews = !stored.inode().equals(inode)
                    || !stored.fingerprint().equals(fingerprint)
                    || millis - stored.seenMillis() > SEEN_STEP_MILLIS;
            // The first name is kept: it tells the kind of log, and where copies and renamed files are looked for.
            stored = isNews ? stored.seen(stored.path(), inode, fingerprint, millis) : stored;
        }
    }

    /** Notes that Kafka has all up to here, or that it refused. */
    synchronized void ended(Block block, boolean isStored) {
        if (!isStored) {
            hasFailed = true;
        } else if (!hasFailed) {
            stored = stored.at(block.end(), block.nextLine(), block.headerAfter());
        }
    }

    /** Whether what was read beyond {@link #position} has to be read again. */
    boolean hasFailed() {
        return hasFailed;
    }

    /** How far Kafka has it. */
    Position position() {
        return stored;
    }

    /** Bytes read so far. */
    long offset() {
        return offset;
    }

    Path path() {
        return path;
    }

    String sensor() {
        return sensor;
    }

    String site() {
        return site;
    }

    CollectSettings.Files settings() {
        return settings;
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(path + " cannot be closed", e);
        }
    }
}
