package observatory.jobs.finding.upload;

import static observatory.jobs.finding.Samples.DAY;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import observatory.jobs.finding.Evidence;
import observatory.jobs.finding.Finding;
import observatory.jobs.finding.Finding.Severity;
import observatory.jobs.finding.Finding.State;
import observatory.jobs.finding.Harness;
import observatory.jobs.finding.Samples;
import observatory.jobs.order.Arrivals;
import observatory.jobs.rollup.Destination;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.junit.jupiter.api.Test;

class UploadNewsTest {
    private static final long HOUR = 3_600_000;

    @Test
    void anUploadOfHoursIsOneFindingThatGrowsAndEnds() throws Exception {
        try (var news = started()) {
            List<Finding> told = news.take(List.of(upload("a", 100, true), upload("a", 101, true)))
                    .until(10 * DAY);
            assertThat(told).extracting(Finding::cause).containsOnly("x.com|unknown/unknown|a|1970-01-05");
            assertThat(told).extracting(Finding::bytesOut).containsExactly(80_000_000L, 160_000_000L, 160_000_000L);
            assertThat(told.getLast().state()).isEqualTo(State.CLOSED);
            assertThat(told.getFirst().severity()).isEqualTo(Severity.HIGH);
            assertThat(told.getFirst().firstMillis()).isEqualTo(100 * HOUR + 60_000);
        }
    }

    @Test
    void aDoubtfulNameAndSampledPacketsAreToldAsMissing() throws Exception {
        assertThat(found(List.of(upload("a", 100, true))).getFirst().missing())
                .containsExactly(
                        "A single name.", "All packets: the exporter looks at one in 1,000, and bytes are scaled up.");
    }

    @Test
    void whatIsUsualForThePhoneIsNoNews() throws Exception {
        assertThat(found(List.of(upload("a", 100, false), upload("a", 101, false))))
                .isEmpty();
    }

    @Test
    void whatThreeOthersOfTheModelUsuallySendIsNoNews() throws Exception {
        List<BigUpload> uploads = new ArrayList<>();
        for (int phone = 0; phone < 3; phone++) {
            uploads.add(upload("phone" + phone, 50 + phone, false));
        }
        uploads.add(upload("late", 100, true));
        assertThat(found(uploads)).isEmpty();
    }

    @Test
    void whatSeveralSendInTheSameHourIsOneFinding() throws Exception {
        List<BigUpload> uploads = new ArrayList<>();
        for (int phone = 0; phone < 5; phone++) {
            uploads.add(upload("phone" + phone, 100, true));
        }
        List<Finding> told = found(uploads);
        assertThat(told).hasSize(1);
        assertThat(told.getFirst().scope()).isEqualTo("cohort");
        assertThat(told.getFirst().devices()).isEqualTo(5);
    }

    @Test
    void theStateEmpties() throws Exception {
        try (var news = started()) {
            news.take(some()).until(6 * DAY);
            assertThat(news.isEmpty()).isFalse();
            news.until(40 * DAY);
            assertThat(news.isEmpty()).isTrue();
        }
    }

    @Test
    void theStateSurvivesARestart() throws Exception {
        List<BigUpload> uploads = some();
        List<Finding> told = new ArrayList<>();
        OperatorSubtaskState snapshot;
        try (var before = started()) {
            told.addAll(before.take(uploads.subList(0, 5)).until(uploads.get(5).hourMillis() - 1));
            snapshot = before.snapshot(1, 1);
        }
        try (var after = new Harness<>(new UploadNews(Long.MAX_VALUE), BigUpload::to)) {
            after.initializeState(snapshot);
            after.open();
            told.addAll(after.take(uploads.subList(5, uploads.size())).until(5 * DAY));
        }
        assertThat(told).isNotEmpty().containsExactlyInAnyOrderElementsOf(found(uploads));
    }

    @Test
    void theOrderOfArrivalDoesNotMatter() throws Exception {
        for (int seed = 0; seed < 3; seed++) {
            Arrivals<BigUpload> live = Arrivals.delayed(some(), BigUpload::hourMillis, 6 * HOUR, seed)
                    .until(5 * DAY)
                    .restarting(seed);
            assertThat(live.through(() -> new KeyedProcessOperator<>(new UploadNews(Long.MAX_VALUE)), BigUpload::to)
                            .events())
                    .isEqualTo(found(some()));
        }
    }

    private static List<BigUpload> some() {
        List<BigUpload> uploads = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            uploads.add(upload("phone" + i % 4, 100 + 2 * i, i % 3 != 0));
        }
        return uploads;
    }

    private static List<Finding> found(List<BigUpload> uploads) throws Exception {
        try (var news = started()) {
            return news.take(uploads).until(5 * DAY);
        }
    }

    private static BigUpload upload(String phone, int hour, boolean isNews) {
        Destination destination = Samples.destination("x.com");
        long last = hour * HOUR + 120_000;
        return new BigUpload(
                "x.com|unknown/unknown",
                hour * HOUR,
                Samples.device(phone, 0),
                destination,
                80_000_000,
                4,
                1_000,
                hour * HOUR + 60_000,
                last,
                3_000,
                20,
                isNews,
                List.of("A single name."),
                Evidence.ofFlow(phone, destination, last));
    }

    private static Harness<BigUpload> started() throws Exception {
        return Harness.started(new UploadNews(Long.MAX_VALUE), BigUpload::to);
    }
}
