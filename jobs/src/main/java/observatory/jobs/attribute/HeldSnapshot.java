package observatory.jobs.attribute;

import java.util.Optional;
import observatory.geo.snapshot.GeoSnapshot;
import observatory.geo.snapshot.GeoSources;
import observatory.geo.snapshot.SnapshotWatch;
import observatory.geo.snapshot.SourceStamp;

/** The snapshot that a process attributes by. All its tasks change over at the same moment. */
final class HeldSnapshot {
    private final GeoSources sources;
    private final SnapshotWatch watch;
    private volatile GeoSnapshot current;
    private volatile GeoSnapshot newest;
    private volatile String trouble = "";

    HeldSnapshot(GeoSources sources) {
        this.sources = sources;
        SourceStamp before = SourceStamp.of(sources); // so that no change after it can be missed
        this.current = GeoSnapshot.load(sources);
        this.newest = current;
        this.watch = new SnapshotWatch(sources, current, before);
    }

    /** What is attributed by. */
    GeoSnapshot current() {
        return current;
    }

    /** What was read last, which is attributed by once {@link #changeTo} is told so. */
    GeoSnapshot newest() {
        return newest;
    }

    /** Why what lies on disk is not used; empty when it is. */
    String trouble() {
        return trouble;
    }

    /** Looks whether the data on disk has changed, and reads it. */
    synchronized Optional<SnapshotWatch.Change> look() {
        Optional<SnapshotWatch.Change> change = watch.look();
        trouble = watch.problem();
        change.map(SnapshotWatch.Change::snapshot).ifPresent(read -> newest = read);
        return change;
    }

    /**
     * Attributes by the snapshot of this digest from now on.
     *
     * @return why that cannot be; empty when it is done
     */
    synchronized String changeTo(String digest) {
        try {
            if (!newest.digest().equals(digest)) {
                newest = GeoSnapshot.load(
                        sources); // another machine has read it; the files are here as well, or not yet
            }
        } catch (RuntimeException unusable) {
            return String.valueOf(unusable.getMessage());
        }
        if (!newest.digest().equals(digest)) {
            return "the files of this machine make snapshot " + newest.digest();
        }
        current = newest;
        return "";
    }
}
