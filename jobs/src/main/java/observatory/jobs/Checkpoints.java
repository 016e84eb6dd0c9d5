package observatory.jobs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The folder in which a replay keeps its checkpoints, so that it goes on where it was cut off.
 *
 * @param folder made when missing; deleted when the replay has ended well
 */
record Checkpoints(Path folder) {
    /** The newest complete checkpoint. One whose metadata is not written, or empty, was cut off itself. */
    Optional<Path> newest() {
        if (!Files.isDirectory(folder)) {
            return Optional.empty();
        }
        try (Stream<Path> found =
                Files.find(folder, 3, (path, attributes) -> path.endsWith("_metadata") && attributes.size() > 0)) {
            return found.max(Comparator.comparing(Checkpoints::written)).map(Path::getParent);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot look for checkpoints in " + folder + ": " + e.getMessage(), e);
        }
    }

    /** Deletes the folder and all in it. */
    void delete() {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete the checkpoints in " + folder + ": " + e.getMessage(), e);
        }
    }

    private static FileTime written(Path path) {
        try {
            return Files.getLastModifiedTime(path);
        } catch (IOException e) {
            return FileTime.fromMillis(0);
        }
    }
}
