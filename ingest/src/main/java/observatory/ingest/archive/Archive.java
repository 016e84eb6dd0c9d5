package observatory.ingest.archive;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The log files behind the paths a user named.
 *
 * @param files what will be read, in sorted order within each path named
 * @param skipped what lay in a folder and is no log, one line each: the path and why
 */
public record Archive(List<ArchiveFile> files, List<String> skipped) {
    /** Deeper than any log tree; a bound for links that lead into themselves. */
    private static final int DEEPEST = 32;

    public Archive {
        files = List.copyOf(files);
        skipped = List.copyOf(skipped);
    }

    /**
     * Finds and recognises files. Folders are walked to the bottom in sorted order, without hidden files and folders. A
     * file named by the user has to be a log; what else lies in a folder is skipped and listed. A file that is reached
     * twice, by a link ({@code current}) or by naming it and its folder, is read once.
     *
     * @throws ArchiveException for a path that does not exist, cannot be read or is of no known format, and when nothing
     *     is left to read
     */
    public static Archive of(List<Path> paths, ArchiveSettings settings) {
        List<ArchiveFile> files = new ArrayList<>();
        List<String> skipped = new ArrayList<>();
        Set<Path> seen = new HashSet<>();
        for (Path path : paths) {
            if (Files.isDirectory(path)) {
                addFolder(path, settings, seen, files, skipped);
            } else if (seen.add(realPath(path))) {
                files.add(ArchiveFile.open(path, settings));
            }
        }
        if (files.isEmpty()) {
            String found =
                    skipped.isEmpty() ? "no files in it" : skipped.size() + " files, such as " + skipped.getFirst();
            throw new ArchiveException(paths + ": no logs to read: " + found);
        }
        return new Archive(files, skipped);
    }

    private static Path realPath(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException unreadable) {
            // Opening it will say what is wrong.
            return path;
        }
    }

    private static void addFolder(
            Path folder, ArchiveSettings settings, Set<Path> seen, List<ArchiveFile> files, List<String> skipped) {
        for (Path path : walk(folder)) {
            if (!seen.add(realPath(path))) {
                continue;
            }
            try {
                files.add(ArchiveFile.open(path, settings));
            } catch (ArchiveException noLog) {
                skipped.add(String.valueOf(noLog.getMessage()));
            }
        }
    }

    private static List<Path> walk(Path folder) {
        try (Stream<Path> found = Files.walk(folder, DEEPEST, FileVisitOption.FOLLOW_LINKS)) {
            return found.filter(path -> !isHidden(folder.relativize(path)) && Files.isRegularFile(path))
                    .sorted(Comparator.comparing(Path::toString))
                    .toList();
        } catch (IOException | UncheckedIOException unreadable) {
            throw new ArchiveException(folder + ": cannot be read: " + unreadable.getMessage(), unreadable);
        }
    }

    private static boolean isHidden(Path relative) {
        for (Path part : relative) {
            if (part.toString().startsWith(".")) {
                return true;
            }
        }
        return false;
    }
}
