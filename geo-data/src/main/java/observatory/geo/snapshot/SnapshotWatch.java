package observatory.geo.snapshot;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Notices that the data of a snapshot has changed on disk, and reads it anew. A change is looked at once nothing has moved
 * between two looks, so that half-written files are left alone. One change is told once, whatever came of it. Not safe for
 * use by several threads.
 */
public final class SnapshotWatch {
    private final GeoSources sources;
    private GeoSnapshot current;
    private SourceStamp taken;
    private SourceStamp last;
    private String problem = "";

    /**
     * @param sources where to look
     * @param current the snapshot in use
     * @param taken how the files looked before it was read
     */
    public SnapshotWatch(GeoSources sources, GeoSnapshot current, SourceStamp taken) {
        this.sources = sources;
        this.current = current;
        this.taken = taken;
        this.last = taken;
    }

    /**
     * What became of a change.
     *
     * @param files the files that changed
     * @param snapshot the snapshot to use from now on; null when the one in use stays
     * @param problem why it stays; empty when it does not
     */
    public record Change(List<String> files, @Nullable GeoSnapshot snapshot, String problem) {
        public Change {
            files = List.copyOf(files);
        }
    }

    /** Looks once; empty when there is nothing to tell. */
    public Optional<Change> look() {
        SourceStamp now = SourceStamp.of(sources);
        boolean settled = now.equals(last);
        last = now;
        if (!settled || now.equals(taken)) {
            return Optional.empty();
        }
        List<String> files = now.changedSince(taken);
        taken = now;
        return read(files);
    }

    /** Why the files as they lie there now are not used; empty when they are. */
    public String problem() {
        return problem;
    }

    private Optional<Change> read(List<String> files) {
        GeoSnapshot next;
        try {
            next = GeoSnapshot.load(sources);
        } catch (RuntimeException unusable) {
            // Whatever is wrong with new data, the job goes on with what it has; the message goes to whoever changed
            // it.
            return refused(files, String.valueOf(unusable.getMessage()));
        }
        Set<String> lost = lost(next);
        if (!lost.isEmpty()) {
            return refused(
                    files,
                    "data set " + String.join(", ", lost) + " would be lost: "
                            + next.problems().stream().map(Problem::toString).collect(Collectors.joining("; ")));
        }
        problem = "";
        if (next.digest().equals(current.digest())) {
            return Optional.empty();
        }
        current = next;
        return Optional.of(new Change(files, next, ""));
    }

    private Optional<Change> refused(List<String> files, String why) {
        problem = why;
        return Optional.of(new Change(files, null, why));
    }

    /** Packages that were there and are not: somebody is installing them, or has failed to. */
    private Set<String> lost(GeoSnapshot next) {
        Set<String> present = next.dataSets().stream()
                .filter(DataSet::present)
                .map(DataSet::id)
                .collect(Collectors.toSet());
        return current.dataSets().stream()
                .filter(set -> set.present() && set.origin().startsWith("npm ") && !present.contains(set.id()))
                .map(DataSet::id)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
