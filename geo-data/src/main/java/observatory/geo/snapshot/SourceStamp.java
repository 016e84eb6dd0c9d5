package observatory.geo.snapshot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How the files of a snapshot looked at one moment: their sizes and times, not their contents. Taking one costs a listing of
 * a few dozen files, so it can be done every few seconds.
 *
 * @param files size and time by path; folders that are not there have none
 */
public record SourceStamp(Map<String, String> files) {
    /** Packages are folders of folders: {@code node_modules/@scope/package/file}. */
    private static final int DEPTH = 3;

    /** More files than the sources of a snapshot ever are; stops a folder that was named by mistake. */
    private static final int MOST = 10_000;

    public SourceStamp {
        files = Map.copyOf(files);
    }

    /** Looks at everything that a snapshot would read. */
    public static SourceStamp of(GeoSources sources) {
        Map<String, String> files = new TreeMap<>();
        add(sources.packages(), DEPTH, files);
        add(sources.catalogue(), 1, files);
        add(sources.own(), 1, files);
        add(sources.maxmind(), 1, files);
        add(sources.ranges(), 1, files);
        return new SourceStamp(files);
    }

    /** The files that are other than at an earlier moment, come and gone ones included, sorted. */
    public List<String> changedSince(SourceStamp earlier) {
        TreeSet<String> paths = new TreeSet<>(files.keySet());
        paths.addAll(earlier.files.keySet());
        return paths.stream()
                .filter(path -> !Objects.equals(files.get(path), earlier.files.get(path)))
                .toList();
    }

    private static void add(@Nullable Path folder, int depth, Map<String, String> files) {
        if (folder == null || !Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> found = Files.walk(folder, depth)) {
            for (Path path : found.limit(MOST).toList()) {
                BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
                if (attributes.isRegularFile()) {
                    files.put(path.toString(), attributes.size() + " " + attributes.lastModifiedTime());
                }
            }
        } catch (NoSuchFileException goneMeanwhile) {
            files.put(folder.toString(), "is being changed"); // the next look will differ, and that is all that matters
        } catch (IOException | java.io.UncheckedIOException unreadable) {
            files.put(folder.toString(), "cannot be listed");
        }
    }
}
