package observatory.ingest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The samples that the project carries itself. */
final class Samples {
    private Samples() {}

    /** All sample files in sorted order, without what is expected of them. */
    static List<Path> files() {
        try (Stream<Path> files = Files.walk(root())) {
            return files.filter(file ->
                            Files.isRegularFile(file) && !file.toString().endsWith(".expected.json"))
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static String name(Path file) {
        return root().relativize(file).toString();
    }

    private static Path root() {
        return Path.of(System.getProperty("observatory.home", ".."), "ingest/src/test/resources/samples");
    }
}
