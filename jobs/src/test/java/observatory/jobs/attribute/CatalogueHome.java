package observatory.jobs.attribute;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;

/** A home with the product's catalogue and nothing else: no data packages, and room for what a test puts there. */
public final class CatalogueHome {
    private CatalogueHome() {}

    /** Copies the catalogue into a new home. */
    public static void layOut(Path home) throws IOException {
        Path real = Path.of(Objects.requireNonNullElse(System.getProperty("observatory.home"), ".."))
                .resolve("geo-data/catalogue");
        Path copy = Files.createDirectories(home.resolve("geo-data/catalogue"));
        try (Stream<Path> files = Files.list(real)) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(file.getFileName()));
            }
        }
    }
}
