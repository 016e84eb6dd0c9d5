package observatory.jobs.document;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import observatory.jobs.attribute.GeoChange;

/** What is written down when the data behind attributions changes under a running job. */
public final class GeoAct {
    /** Files named in one act; the rest is a number. */
    private static final int MOST_FILES = 20;

    private GeoAct() {}

    /** The act as a document of {@code observatory-audit}. */
    public static Document document(GeoChange change) {
        List<String> detail = new ArrayList<>();
        detail.add("before " + change.before());
        detail.add("after " + change.after());
        change.files().stream().limit(MOST_FILES).map(file -> "changed " + file).forEach(detail::add);
        if (change.files().size() > MOST_FILES) {
            detail.add("changed " + (change.files().size() - MOST_FILES) + " files more");
        }
        if (!change.isTaken()) {
            detail.add("problem " + change.problem());
        }
        return new Act(
                        Instant.ofEpochMilli(change.atMillis()),
                        "geo-change",
                        change.isTaken() ? Act.Outcome.SUCCESS : Act.Outcome.FAILURE,
                        "observatory",
                        change.files().isEmpty()
                                ? "the data on disk was changed while the job was down"
                                : "the data on disk was changed",
                        change.after(),
                        detail)
                .document();
    }
}
