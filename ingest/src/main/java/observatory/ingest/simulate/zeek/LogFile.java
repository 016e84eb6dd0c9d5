package observatory.ingest.simulate.zeek;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** One log of one sensor: formats lines and begins new files when it is time. */
final class LogFile implements AutoCloseable {
    private static final int BUFFER = 1 << 16;

    private final Path folder;
    private final LogKind kind;
    private final Style style;
    private final long begin;
    private final StringBuilder text = new StringBuilder(2 * BUFFER);
    private @Nullable OutputStream out;
    private long file;
    private long last;

    /**
     * How the files of a sensor look.
     *
     * @param format how lines are written
     * @param rotation how often a file is begun
     * @param gzip whether files are compressed
     * @param remark text of the {@code #simulated} line where the format has a header
     */
    record Style(LineFormat format, Rotation rotation, boolean gzip, String remark) {}

    LogFile(Path folder, LogKind kind, Style style, long begin) {
        this.folder = folder;
        this.kind = kind;
        this.style = style;
        this.begin = begin;
        this.last = begin;
    }

    /** Writes a line; lines come in the order of their time. */
    void write(Line line) throws IOException {
        long wanted = style.rotation().fileOf(line.at());
        if (out == null || wanted != file) {
            close();
            open(wanted);
        }
        style.format().append(text, line);
        last = line.at();
        if (text.length() > BUFFER) {
            drain();
        }
    }

    private void open(long wanted) throws IOException {
        file = wanted;
        Path path = folder.resolve(style.rotation().nameOf(kind, wanted) + (style.gzip() ? ".gz" : ""));
        Files.createDirectories(path.toAbsolutePath().getParent());
        OutputStream raw = Files.newOutputStream(path);
        out = style.gzip() ? new GZIPOutputStream(raw, BUFFER) : raw;
        text.append(style.format().header(kind, style.rotation().begin(wanted, begin), style.remark()));
    }

    private void drain() throws IOException {
        OutputStream open = out;
        if (open != null) {
            open.write(text.toString().getBytes(StandardCharsets.ISO_8859_1));
            text.setLength(0);
        }
    }

    @Override
    public void close() throws IOException {
        OutputStream open = out;
        if (open != null) {
            text.append(style.format().footer(last));
            drain();
            open.close();
            out = null;
        }
    }
}
