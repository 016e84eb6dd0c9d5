package observatory.jobs.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import observatory.ingest.archive.ArchiveFile;
import observatory.ingest.archive.Compression;
import observatory.ingest.archive.FileSurvey;
import observatory.ingest.archive.Survey;
import observatory.ingest.decode.Format;
import org.junit.jupiter.api.Test;

class ArchivePlanTest {
    private static final long MS = 1_000_000;

    @Test
    void theFileThatIsFurthestBehindIsReadNext() {
        ArchivePlan plan = plan(file("a", 10, 30), file("b", 20, 40));

        assertThat(order(plan)).containsExactly("a0", "b0", "a1", "b1");
    }

    @Test
    void theOrderInWhichFilesWereNamedDoesNotMatter() {
        assertThat(order(plan(file("b", 20, 40), file("a", 10, 30))))
                .isEqualTo(order(plan(file("a", 10, 30), file("b", 20, 40))));
    }

    @Test
    void timeNeverPassesAnEventThatIsStillUnread() {
        ArchivePlan plan = plan(file("a", 50, 10, 60));

        assertThat(plan.passedMillis(new int[] {0})).isEqualTo(9);
        assertThat(plan.passedMillis(new int[] {1})).isEqualTo(9);
        assertThat(plan.passedMillis(new int[] {2})).isEqualTo(59);
        assertThat(plan.passedMillis(new int[] {3})).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void aFileWithoutAnyEventIsReadWhenItsSensorBegins() {
        ArchivePlan plan = plan(
                file("a", 10),
                new FileSurvey(
                        archiveFile("rejected"),
                        1,
                        1,
                        1,
                        0,
                        FileSurvey.NO_TIME,
                        Long.MIN_VALUE,
                        new long[1],
                        new long[1],
                        new long[] {FileSurvey.NO_TIME},
                        new int[] {1}));

        assertThat(order(plan)).containsExactly("a0", "rejected0");
        assertThat(plan.passedMillis(new int[] {1, 0})).isEqualTo(9);
    }

    private static List<String> order(ArchivePlan plan) {
        List<String> order = new ArrayList<>();
        int[] read = new int[plan.files().size()];
        for (int next = plan.next(read); next >= 0; next = plan.next(read)) {
            order.add(plan.files().get(next).file().path() + read[next]++);
        }
        return order;
    }

    private static ArchivePlan plan(FileSurvey... files) {
        return ArchivePlan.of(new Survey(List.of(files)));
    }

    private static FileSurvey file(String path, long... blockMillis) {
        long[] times = new long[blockMillis.length];
        for (int i = 0; i < times.length; i++) {
            times[i] = blockMillis[i] * MS;
        }
        int blocks = times.length;
        return new FileSurvey(
                archiveFile(path),
                1,
                1,
                1,
                1,
                LongStream.of(times).min().orElseThrow(),
                0,
                new long[blocks],
                new long[blocks],
                times,
                new int[blocks]);
    }

    private static ArchiveFile archiveFile(String path) {
        return new ArchiveFile(path, Format.ZEEK_JSON, Compression.NONE, false, "conn", "sensor", "site");
    }
}
