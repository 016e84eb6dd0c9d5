package observatory.geo.update;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** Takes one file out of a {@code .tar.gz} archive (POSIX ustar). Names in the archive are compared, never used as paths. */
final class TarGz {
    private static final int BLOCK = 512;
    private static final int NAME = 100;
    private static final int SIZE_AT = 124;
    private static final int SIZE = 12;

    private TarGz() {}

    /**
     * Unpacks the first file whose name has an ending.
     *
     * @param most bytes at most; stops an archive that unpacks to more than any database has
     * @throws IOException when the archive is damaged, cut off, or has no such file
     */
    static void unpack(Path archive, String ending, Path into, long most) throws IOException {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(archive), 1 << 16)) {
            byte[] header = new byte[BLOCK];
            while (in.readNBytes(header, 0, BLOCK) == BLOCK && header[0] != 0) {
                long size = size(header);
                if (text(header, 0, NAME).endsWith(ending)) {
                    copy(in, into, size, most);
                    return;
                }
                in.skipNBytes((size + BLOCK - 1) / BLOCK * BLOCK);
            }
        } catch (EOFException cutOff) {
            throw new IOException("the archive is cut off", cutOff);
        }
        throw new IOException("the archive has no file " + ending);
    }

    private static void copy(InputStream in, Path into, long size, long most) throws IOException {
        if (size > most) {
            throw new IOException("the archive unpacks to " + size + " bytes, more than such a file can have");
        }
        try (OutputStream out = Files.newOutputStream(into)) {
            byte[] buffer = new byte[1 << 16];
            for (long left = size; left > 0; ) {
                int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
                if (read < 0) {
                    throw new EOFException();
                }
                out.write(buffer, 0, read);
                left -= read;
            }
        }
    }

    private static long size(byte[] header) throws IOException {
        String octal = text(header, SIZE_AT, SIZE).strip();
        if (!octal.matches("[0-7]{1,12}")) {
            throw new IOException("the archive is damaged");
        }
        return Long.parseLong(octal, 8);
    }

    private static String text(byte[] bytes, int at, int length) {
        int end = at;
        while (end < at + length && bytes[end] != 0) {
            end++;
        }
        return new String(bytes, at, end - at, StandardCharsets.ISO_8859_1);
    }
}
