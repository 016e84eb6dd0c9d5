package observatory.jobs.attribute;

import java.util.List;

/**
 * The data behind attributions has changed on disk, and what became of it.
 *
 * @param atMillis when it was noticed, milliseconds since 1970
 * @param before digest of the snapshot that was in use
 * @param after digest of the one that is used now; the same when nothing was changed over
 * @param files files that changed; empty when they did while the job was down
 * @param problem why the former one stays in use; empty when it does not
 */
public record GeoChange(long atMillis, String before, String after, List<String> files, String problem) {

    public GeoChange {
        files = List.copyOf(files);
    }

    /** Whether the new data is used. */
    public boolean isTaken() {
        return problem.isEmpty();
    }

    /** The same change, which a task could not follow. */
    GeoChange failed(String why) {
        return new GeoChange(atMillis, before, before, files, why);
    }
}
