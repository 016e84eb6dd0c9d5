package observatory.jobs.elastic;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * The contract of every index: one template each, strict, so that a field nobody declared is refused instead of mapped
 * by guess. The files are {@code templates/NAME.json} beside this class; the server knows them as
 * {@code observatory-NAME}.
 */
public final class IndexTemplates {

    private static final Set<String> NAMES = Set.of(
            "alerts",
            "audit",
            "coverage",
            "decisions",
            "devices",
            "dns",
            "endpoints",
            "findings",
            "flows",
            "identities",
            "rejections",
            "rollups",
            "snapshots");

    private IndexTemplates() {}

    /** Names without the prefix, sorted. */
    public static Set<String> names() {
        return new TreeSet<>(NAMES);
    }

    /** The template as JSON in UTF-8. */
    public static byte[] json(String name) {
        String file = "templates/" + name + ".json";
        try (InputStream in = Objects.requireNonNull(IndexTemplates.class.getResourceAsStream(file), file)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
