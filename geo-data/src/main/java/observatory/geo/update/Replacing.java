package observatory.geo.update;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Puts files in the place of others, whole or not at all. Their times are those of their publisher's last change. */
final class Replacing {
    private Replacing() {}

    /** When the publisher last changed the file that is here; null when none is. */
    static @Nullable Instant timeOf(Path file) throws IOException {
        return Files.isRegularFile(file) ? Files.getLastModifiedTime(file).toInstant() : null;
    }

    /** Replaces a file; both must lie in one folder. */
    static void put(Path temporary, Path file, Instant changed) throws IOException {
        if (changed.isAfter(Instant.EPOCH)) {
            Files.setLastModifiedTime(temporary, FileTime.from(changed));
        }
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** A file beside, hidden from those who list the folder for databases. */
    static Path temporary(Path folder) throws IOException {
        Files.createDirectories(folder);
        return Files.createTempFile(folder, ".update", ".part");
    }
}
