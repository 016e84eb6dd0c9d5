package observatory.jobs.document;

import java.util.List;
import observatory.geo.snapshot.DataSet;
import observatory.geo.snapshot.GeoSnapshot;

/**
 * What stands behind the digest that every document carries: one document of {@code observatory-snapshots} for each data
 * set, so that editions, dates and licences can still be told when other data has long been in use.
 */
public final class SnapshotSets {
    private SnapshotSets() {}

    /** The data sets that were found, in their order; the same documents whenever it is asked. */
    public static List<Document> documents(GeoSnapshot snapshot) {
        return snapshot.dataSets().stream()
                .filter(DataSet::present)
                .map(set -> document(snapshot.digest(), set))
                .toList();
    }

    private static Document document(String digest, DataSet set) {
        Fields fields = new Fields()
                .put("event.dataset", "observatory.snapshot")
                .put("event.kind", "state")
                .put("observatory.snapshot", digest)
                .put("observatory.data_set.id", set.id())
                .put("observatory.data_set.role", set.role())
                .put("observatory.data_set.origin", set.origin())
                .put("observatory.data_set.edition", set.edition())
                .put("observatory.data_set.max_age_days", set.maxAgeDays())
                .put("observatory.data_set.licence", set.licence())
                .put("observatory.data_set.attribution", set.attribution());
        if (set.date() != null) {
            fields.put("@timestamp", set.date() + "T00:00:00Z")
                    .put("observatory.data_set.date", set.date().toString());
        }
        return new Document(
                Indices.SNAPSHOTS, Ids.of(digest, set.id(), set.origin()), Document.UNVERSIONED, fields.end());
    }
}
