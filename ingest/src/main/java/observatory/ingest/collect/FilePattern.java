package observatory.ingest.collect;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.stream.Stream;

/** A path with wildcards, and the files it stands for now. */
final class FilePattern {
    /** Deeper than any log tree; a bound for links that lead into themselves. */
    private static final int DEEPEST = 32;

    /** More files than any sensor keeps open; the bound on a pattern that names the whole disk. */
    private static final int MOST_FILES = 10_000;

    private static final List<String> COMPRESSED = List.of(".gz", ".zst", ".bz2", ".xz", ".zip", ".lz4");

    private final Path base;
    private final int depth;
    private final PathMatcher matcher;

    FilePattern(String pattern) {
        Path absolute = Path.of(pattern).toAbsolutePath().normalize();
        Path folder = absolute.getRoot();
        int fixed = 0;
        while (fixed < absolute.getNameCount() - 1
                && !isWild(absolute.getName(fixed).toString())) {
            folder = folder.resolve(absolute.getName(fixed));
            fixed++;
        }
        this.base = folder;
        this.depth = pattern.contains("**") ? DEEPEST : absolute.getNameCount() - fixed;
        this.matcher = FileSystems.getDefault().getPathMatcher("glob:" + absolute);
    }

    private static boolean isWild(String name) {
        return name.chars().anyMatch(c -> "*?[{\\".indexOf(c) >= 0);
    }

    /** The files there are, sorted; none when the folder is not there (yet). Compressed ones were read before. */
    List<Path> files() {
        if (!Files.isDirectory(base)) {
            return List.of();
        }
        try (Stream<Path> found = Files.walk(base, depth, FileVisitOption.FOLLOW_LINKS)) {
            return found.filter(path -> matcher.matches(path) && !isCompressed(path) && Files.isRegularFile(path))
                    .limit(MOST_FILES)
                    .sorted()
                    .toList();
        } catch (IOException | UncheckedIOException changedMeanwhile) {
            return List.of(); // a folder was removed while it was walked; the next look is a second away
        }
    }

    private static boolean isCompressed(Path path) {
        String name = path.toString();
        return COMPRESSED.stream().anyMatch(name::endsWith);
    }
}
