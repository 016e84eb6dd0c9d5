package observatory.geo.snapshot;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Parsed tables on disk, so that a start reads arrays instead of parsing text. One file a data set, named by the digest of
 * what it was made from.
 *
 * <pre>
 *  magic "OBSGEO" 2 bytes format | CRC-32C of the table (8) | the table
 * </pre>
 *
 * A file that is damaged or cannot be written costs time, never an answer.
 */
final class TableCache {
    /** Change the last two digits when a stored form changes. */
    private static final long MAGIC = 0x4f42_5347_454f_0001L;

    private static final int HEADER = 16;
    private static final int KEPT = 4;

    private final @Nullable Path folder;

    TableCache(@Nullable Path folder) {
        this.folder = folder;
    }

    /** What makes a table from its source. */
    interface Parser<T> {
        T parse() throws IOException;
    }

    /** The stored table, or else the parsed one, which is then stored. */
    <T> T get(String id, String key, Function<ByteBuffer, T> reader, Parser<T> parser, Function<T, ByteBuffer> writer)
            throws IOException {
        T stored = folder == null ? null : read(file(folder, id, key), reader);
        if (stored != null) {
            return stored;
        }
        T parsed = parser.parse();
        if (folder != null) {
            write(folder, id, key, writer.apply(parsed));
        }
        return parsed;
    }

    private static <T> @Nullable T read(Path file, Function<ByteBuffer, T> reader) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
            if (bytes.remaining() < HEADER || bytes.getLong() != MAGIC || bytes.getLong() != checksum(bytes)) {
                return null;
            }
            return reader.apply(bytes);
        } catch (IOException | IllegalArgumentException absentOrDamaged) {
            return null;
        }
    }

    /** Writes beside and renames, so that two processes that start together never see half a file. */
    private static void write(Path folder, String id, String key, ByteBuffer table) {
        try {
            Files.createDirectories(folder);
            Path temporary = Files.createTempFile(folder, id, ".part");
            try {
                ByteBuffer whole = ByteBuffer.allocate(HEADER + table.remaining());
                whole.putLong(MAGIC).putLong(checksum(table)).put(table);
                Files.write(temporary, whole.array());
                Files.move(temporary, file(folder, id, key), StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(temporary);
            }
            removeOld(folder, id);
        } catch (IOException notKept) {
            // The table was parsed and is good; the next start parses again.
        }
    }

    private static void removeOld(Path folder, String id) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> newestFirst = files.filter(
                            file -> file.getFileName().toString().matches(id + "-[0-9a-f]{16}\\.table"))
                    .sorted(Comparator.comparing((Path file) -> file.toFile().lastModified())
                            .reversed())
                    .toList();
            for (Path old : newestFirst.subList(Math.min(KEPT, newestFirst.size()), newestFirst.size())) {
                Files.deleteIfExists(old);
            }
        }
    }

    private static Path file(Path folder, String id, String key) {
        return folder.resolve(id + "-" + key.substring(0, 16) + ".table");
    }

    private static long checksum(ByteBuffer bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes.duplicate());
        return crc.getValue();
    }
}
