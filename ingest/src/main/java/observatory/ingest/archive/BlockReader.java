package observatory.ingest.archive;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import observatory.ingest.decode.Format;
import observatory.ingest.decode.RawMessage;
import observatory.ingest.decode.Rejection;
import observatory.ingest.decode.Rejection.Reason;
import observatory.ingest.dnstap.FrameStream;
import observatory.ingest.text.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a file into blocks of whole lines, or of whole frames; a capture, or a file that is one datagram, into datagrams.
 * Where the cuts lie follows from the file's content alone: a block ends with
 * the line that fills it up to {@link #BLOCK_BYTES}, or with a line longer than {@link #LONGEST_LINE}. So a block has
 * the same number in every reading. Holds one block and one buffer in memory, however long a line is or however much a
 * compressed file unfolds to.
 */
public final class BlockReader implements AutoCloseable {
    /** A block is closed by the line that reaches this size. */
    public static final int BLOCK_BYTES = 64 * 1024;

    /** A longer line is rejected and not held: the bound against a file without line ends. */
    public static final int LONGEST_LINE = 1024 * 1024;

    /** Bytes of lines before a block that it brings in its header, where a line is understood by those before it. */
    private static final int LOOK_BACK = 4096;

    private static final int BUFFER = 128 * 1024;

    private final ArchiveFile file;
    private final CountingInputStream compressed;
    private final InputStream in;
    private final ZeekHeaderLines header = new ZeekHeaderLines();
    private final LineBuffer block = new LineBuffer();
    private final byte[] buffer = new byte[BUFFER];
    private int position;
    private int limit;
    private boolean isEnd;
    private @Nullable IOException damage;
    private final @Nullable DatagramFile datagrams;
    /** What a block brings in its header after the kind: the last lines before it, or the file's header line. */
    private byte[] before = new byte[0];

    private long index;
    private long offset;
    private long line;

    /**
     * Opens the file.
     *
     * @throws ArchiveException when it cannot be opened
     */
    BlockReader(ArchiveFile file) {
        this.file = file;
        this.line = isFramed() ? 0 : 1;
        try {
            compressed = new CountingInputStream(Files.newInputStream(Path.of(file.path())));
            in = open();
            datagrams = file.framing() == Framing.LINES || isFramed() ? null : new DatagramFile(file, in);
        } catch (IOException unreadable) {
            throw new ArchiveException(file.path() + ": cannot be read: " + unreadable.getMessage(), unreadable);
        }
    }

    private InputStream open() throws IOException {
        InputStream plain;
        try {
            plain = file.compression().open(compressed);
        } catch (IOException brokenHeader) {
            damage = brokenHeader;
            plain = InputStream.nullInputStream();
        }
        return file.isArray() ? new JsonArrayStream(plain) : plain;
    }

    /**
     * Reads the next block.
     *
     * @return the block, or null at the end of the file
     * @throws ArchiveException when the disk fails; damaged compression is a rejection in the last block instead
     */
    public @Nullable RawMessage next() {
        return datagrams == null ? nextLines() : nextDatagram(datagrams);
    }

    private @Nullable RawMessage nextDatagram(DatagramFile messages) {
        try {
            RawMessage message = messages.next();
            offset = messages.position();
            index += message == null ? 0 : 1;
            return message;
        } catch (IOException fault) {
            throw new ArchiveException(file.path() + ": cannot be read: " + fault.getMessage(), fault);
        }
    }

    private @Nullable RawMessage nextLines() {
        long firstLine = line;
        long firstOffset = offset;
        byte[] headerAtStart = headerBytes();
        block.clear();
        List<Rejection> unreadable = new ArrayList<>();
        while (isOpen() && unreadable.isEmpty() && readRecord(unreadable)) {
            line += isFramed() ? 0 : 1;
        }
        if (block.size() == 0 && unreadable.isEmpty()) {
            return null;
        }
        index++;
        before = file.format() == Format.DNSMASQ ? block.lastLines(LOOK_BACK) : before;
        return new RawMessage(
                file.format(),
                file.sensor(),
                file.site(),
                file.path(),
                firstLine,
                firstOffset,
                0,
                headerAtStart,
                block.bytes(),
                unreadable);
    }

    /** Number of the block that {@link #next()} will give, from 0. */
    public long index() {
        return index;
    }

    /** Moves on so that the next block is this one, counted from 0; to the end when there are fewer. */
    public void skipTo(long blockIndex) {
        if (blockIndex < index) {
            throw new IllegalArgumentException("block " + blockIndex + " lies before " + index);
        }
        while (index < blockIndex) {
            if (next() == null) {
                return;
            }
        }
    }

    /** Bytes read so far, uncompressed. */
    public long bytes() {
        return offset;
    }

    /** Bytes of the file read so far, for progress. */
    public long compressedBytes() {
        return compressed.count();
    }

    @Override
    public void close() {
        try {
            in.close();
            compressed.close();
        } catch (IOException alreadyGone) {
            throw new ArchiveException(file.path() + ": cannot be closed: " + alreadyGone.getMessage(), alreadyGone);
        }
    }

    private byte[] headerBytes() {
        if (file.format() == Format.ZEEK_TSV) {
            return header.bytes();
        }
        byte[] kind = (file.kind() + (before.length == 0 ? "" : "\n")).getBytes(StandardCharsets.UTF_8);
        byte[] bytes = Arrays.copyOf(kind, kind.length + before.length);
        System.arraycopy(before, 0, bytes, kind.length, before.length);
        return bytes;
    }

    /** Where a record has several lines, a block ends with the last of them, if that comes within twice its size. */
    private boolean isOpen() {
        if (block.size() < BLOCK_BYTES) {
            return true;
        }
        boolean isBetweenRecords = switch (file.format()) {
            case ISC_LEASES -> block.lastLineStartsWith('}');
            case WINDOWS_DNS -> block.lastLineStartsWith('\n') || block.lastLineStartsWith('\r');
            default -> true;
        };
        return !isBetweenRecords && block.size() < 2 * BLOCK_BYTES;
    }

    private boolean isFramed() {
        return file.framing() == Framing.FRAMES;
    }

    private boolean readRecord(List<Rejection> unreadable) {
        return isFramed() ? readFrame(unreadable) : readLine(unreadable);
    }

    /**
     * Adds one frame of a Frame Stream, its length in front, to the block, or its rejection to the list; false at the end
     * of the file. A length beyond the bound is passed over without being held.
     */
    private boolean readFrame(List<Rejection> unreadable) {
        long frameOffset = offset;
        int frameStart = block.size();
        boolean isWhole = take(Integer.BYTES);
        if (isWhole && block.number(frameStart) == 0) {
            // A zero escapes control frames, whose length follows.
            isWhole = take(Integer.BYTES);
        }
        long length = isWhole ? block.number(block.size() - Integer.BYTES) : 0;
        if (length > FrameStream.LONGEST_FRAME) {
            String detail = "the frame has " + length + " bytes, at most " + FrameStream.LONGEST_FRAME + " are read";
            pass(length);
            reject(Reason.TOO_LONG, frameStart, frameOffset, detail, unreadable);
            return true;
        }
        if (isWhole && take((int) length)) {
            return true;
        }
        if (block.size() > frameStart && damage == null) {
            reject(Reason.TRUNCATED, frameStart, frameOffset, "the file ends in this frame", unreadable);
            return true;
        }
        return finishLastLine(frameStart, frameOffset, false, unreadable);
    }

    /** Adds this many bytes to the block; false when the file ends before. */
    private boolean take(int count) {
        int wanted = block.size() + count;
        while (block.size() < wanted && fill()) {
            int end = Math.min(limit, position + wanted - block.size());
            block.add(buffer, position, end);
            offset += end - position;
            position = end;
        }
        return block.size() == wanted;
    }

    private void pass(long count) {
        long left = count;
        while (left > 0 && fill()) {
            int step = (int) Math.min(left, limit - position);
            position += step;
            offset += step;
            left -= step;
        }
    }

    /** Adds one line with its line end to the block, or its rejection to the list; false at the end of the file. */
    private boolean readLine(List<Rejection> unreadable) {
        long lineOffset = offset;
        int lineStart = block.size();
        boolean isTooLong = false;
        while (fill()) {
            int lineFeed = Bytes.indexOf(buffer, position, limit, (byte) '\n');
            int end = lineFeed < 0 ? limit : lineFeed + 1;
            if (!isTooLong) {
                block.add(buffer, position, end);
                isTooLong = block.size() - lineStart > LONGEST_LINE;
            }
            if (isTooLong) {
                block.cut(lineStart + Rejection.SAMPLE_LIMIT);
            }
            offset += end - position;
            position = end;
            if (lineFeed >= 0) {
                finishLine(lineStart, lineOffset, isTooLong, unreadable);
                return true;
            }
        }
        return finishLastLine(lineStart, lineOffset, isTooLong, unreadable);
    }

    private void finishLine(int lineStart, long lineOffset, boolean isTooLong, List<Rejection> unreadable) {
        if (isTooLong) {
            reject(Reason.TOO_LONG, lineStart, lineOffset, tooLong(lineOffset), unreadable);
        } else if (file.format() == Format.ZEEK_TSV && block.at(lineStart) == '#') {
            header.add(block.bytes(lineStart));
        } else if (line == 1 && (file.format() == Format.KEA_LEASES || file.format() == Format.INVENTORY)) {
            before = block.bytes(lineStart);
        }
    }

    private boolean finishLastLine(int lineStart, long lineOffset, boolean isTooLong, List<Rejection> unreadable) {
        if (damage != null) {
            String detail = "the compressed data break off or are damaged: " + damage.getMessage();
            damage = null;
            reject(Reason.TRUNCATED, lineStart, lineOffset, detail, unreadable);
            return true;
        }
        if (isTooLong) {
            reject(Reason.TOO_LONG, lineStart, lineOffset, tooLong(lineOffset), unreadable);
            return true;
        }
        return block.size() > lineStart;
    }

    private String tooLong(long lineOffset) {
        return "the line has " + (offset - lineOffset) + " bytes, at most " + LONGEST_LINE + " are read";
    }

    /** Takes the line out of the block; what is left of it becomes the sample. */
    private void reject(Reason reason, int lineStart, long lineOffset, String detail, List<Rejection> unreadable) {
        String sample = Rejection.sample(block.bytes(lineStart));
        block.cut(lineStart);
        unreadable.add(new Rejection(file.sensor(), file.path(), line, lineOffset, reason, detail, sample));
    }

    /** Whether there are bytes in the buffer, after reading some if need be. */
    private boolean fill() {
        while (position == limit && !isEnd) {
            int read = read();
            position = 0;
            limit = Math.max(read, 0);
            isEnd = read < 0;
        }
        return position < limit;
    }

    private int read() {
        if (damage != null) {
            return -1;
        }
        try {
            return in.read(buffer, 0, buffer.length);
        } catch (IOException fault) {
            if (file.compression() == Compression.NONE) {
                throw new ArchiveException(file.path() + ": cannot be read: " + fault.getMessage(), fault);
            }
            damage = fault;
            return -1;
        }
    }

    /** Bytes of the block under construction. */
    private static final class LineBuffer extends ByteArrayOutputStream {
        LineBuffer() {
            super(2 * BLOCK_BYTES);
        }

        void clear() {
            reset();
        }

        void add(byte[] bytes, int from, int to) {
            write(bytes, from, to - from);
        }

        void cut(int length) {
            count = Math.min(count, length);
        }

        /** The unsigned number in the four bytes from here, in network order. */
        long number(int from) {
            return (buf[from] & 0xffL) << 24
                    | (buf[from + 1] & 0xffL) << 16
                    | (buf[from + 2] & 0xffL) << 8
                    | (buf[from + 3] & 0xffL);
        }

        byte at(int i) {
            return buf[i];
        }

        boolean lastLineStartsWith(char first) {
            int start = count - 1;
            while (start > 0 && buf[start - 1] != '\n') {
                start--;
            }
            return start >= 0 && buf[start] == first;
        }

        /** The whole lines that end the block, at most so many bytes of them. */
        byte[] lastLines(int limit) {
            int from = Math.max(0, count - limit);
            while (from > 0 && from < count && buf[from - 1] != '\n') {
                from++;
            }
            return bytes(from);
        }

        byte[] bytes() {
            return toByteArray();
        }

        byte[] bytes(int from) {
            return Arrays.copyOfRange(buf, from, count);
        }
    }
}
