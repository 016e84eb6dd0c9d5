package observatory.ingest.decode;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The corpus of real logs beside the project, for the tests of all modules. It lies at {@code ../shared/corpus} seen from
 * the project, or where the environment variable {@code OBSERVATORY_CORPUS} says. Where it is missing, a test is skipped
 * and says so; under {@code CI=true} it fails instead.
 */
public final class Corpus {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Corpus() {}

    /** The folder of the corpus; ends the test as skipped, or as failed under CI, when there is none. */
    public static Path root() {
        String stated = System.getenv("OBSERVATORY_CORPUS");
        Path root = stated == null ? besideProject() : Path.of(stated);
        if (!Files.isDirectory(root)) {
            String missing =
                    "the corpus of real logs is missing: looked at " + root + " (OBSERVATORY_CORPUS overrides)";
            assumeTrue("true".equals(System.getenv("CI")), missing);
            fail(missing);
        }
        return root;
    }

    /** The cases of one family, such as {@code zeek} or {@code suricata}, in sorted order. */
    public static List<Path> cases(String family) {
        try (Stream<Path> folders = Files.list(root().resolve(family))) {
            return folders.filter(folder -> Files.exists(folder.resolve("expected.json")))
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** The folder of one case, named like {@code zeek/zat-json}. */
    public static Path of(String name) {
        return root().resolve(name);
    }

    /** What was established independently about a case. */
    public static JsonNode expected(Path folder) {
        try {
            return JSON.readTree(folder.resolve("expected.json").toFile());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Path besideProject() {
        String home = System.getProperty("observatory.home", ".");
        return Path.of(home)
                .toAbsolutePath()
                .normalize()
                .resolveSibling("shared")
                .resolve("corpus");
    }
}
