package observatory.jobs.elastic;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * One real Elasticsearch per JVM, started by the first test that asks (about 10 s), stopped with the JVM. Tests share
 * it: each keeps to indices of its own and leaves none behind.
 */
public final class RealElasticsearch {

    private static @Nullable ElasticsearchProcess shared;

    private RealElasticsearch() {}

    /** How to reach it; the templates are installed. */
    public static synchronized ElasticSettings settings() {
        return process().settings();
    }

    /** The process itself, for tests that stop it; they start it again. */
    public static synchronized ElasticsearchProcess process() {
        if (shared == null) {
            shared = ElasticsearchProcess.start(setup(scratch("shared")).withHeap("512m"));
            try (ElasticClient client = ElasticClient.to(shared.settings())) {
                client.installTemplates();
            }
        }
        return shared;
    }

    /** What a test that wants its own process starts, below a folder of its own. */
    public static ElasticsearchProcess.Setup setup(Path folder) {
        Path home = Path.of(System.getProperty("observatory.home", ".."));
        return ElasticsearchProcess.Setup.in(home, folder.resolve("data"), folder.resolve("logs"));
    }

    /** A new folder below {@code target}, which {@code mvn clean} removes. */
    static Path scratch(String name) {
        try {
            // Not a temporary folder: those are closed to the user that runs Elasticsearch.
            Path parent = Path.of("target", "elasticsearch-test").toAbsolutePath();
            return Files.createDirectories(
                    parent.resolve(name + "-" + ProcessHandle.current().pid()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
