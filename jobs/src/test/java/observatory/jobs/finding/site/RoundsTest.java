package observatory.jobs.finding.site;

import static observatory.jobs.finding.Samples.DAY;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntPredicate;
import observatory.jobs.coverage.Delivery;
import observatory.jobs.coverage.MinuteCoverage;
import observatory.jobs.coverage.Tally;
import observatory.jobs.finding.Evidence;
import observatory.jobs.finding.Finding;
import observatory.jobs.finding.Finding.Kind;
import observatory.jobs.finding.Finding.State;
import observatory.jobs.finding.Harness;
import observatory.jobs.finding.Samples;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;

class RoundsTest {
    private static final long HOUR = 3_600_000;
    private static final int WEEK = 7 * 24;

    @Test
    void aPhoneThatFallsSilentWhileOthersDoNotIsToldUntilItIsHeardOfAgain() throws Exception {
        List<SiteReport> reports = heard("off", hour -> hour < 100 || hour >= 130);
        reports.addAll(others());
        List<Finding> told = found(reports);

        assertThat(told).extracting(Finding::cause).containsOnly("off|" + 100 * HOUR);
        assertThat(told).extracting(Finding::count).isSorted().doesNotHaveDuplicates();
        assertThat(told.getFirst().lastMillis()).isEqualTo(104 * HOUR - 1);
        assertThat(told.getLast().state()).isEqualTo(State.CLOSED);
        assertThat(told).extracting(Finding::evidence).containsOnly(List.of(lastOf("off", 99)));
    }

    @Test
    void aPhoneThatPausesEveryNightMayPauseANight() throws Exception {
        List<SiteReport> reports = heard("office", hour -> hour % 24 >= 8 && hour % 24 < 20 && hour / 24 != 5);
        reports.addAll(others());
        List<Finding> told = found(reports);

        assertThat(told.getFirst().firstMillis()).isEqualTo((4 * 24 + 20) * HOUR);
        assertThat(told.getFirst().lastMillis()).isEqualTo((4 * 24 + 20 + 25) * HOUR - 1);
    }

    @Test
    void whatWholeSitesDoIsNotTheirPhones() throws Exception {
        List<SiteReport> reports = heard("a", hour -> hour < 100);
        reports.addAll(heard("b", hour -> hour < 100));
        reports.addAll(heard("c", hour -> hour < 101));
        assertThat(found(reports)).isEmpty();
    }

    @Test
    void hoursInWhichASensorWasSilentDoNotCount() throws Exception {
        List<SiteReport> reports = heard("far", hour -> hour < 100 || hour > 110);
        reports.addAll(others());
        for (int hour = 100; hour < 110; hour++) {
            reports.add(sensorSilent(hour, 60));
        }
        assertThat(found(reports)).isEmpty();
    }

    @Test
    void aPhoneThatIsHardlyKnownMayLeave() throws Exception {
        List<SiteReport> reports = heard("guest", hour -> hour > 50 && hour < 70);
        reports.addAll(others());
        assertThat(found(reports)).isEmpty();
    }

    @Test
    void whatOnePhoneDoesIsItsOwnFinding() throws Exception {
        List<SiteReport> reports = others();
        reports.add(asking("b", 90, 1));
        List<Finding> told = found(reports);
        assertThat(told).extracting(Finding::scope).containsExactly("device");
    }

    @Test
    void whatMostPhonesDoIsOneFindingOfTheSiteAndClosesTheirOwn() throws Exception {
        List<SiteReport> reports = others();
        reports.add(asking("a", 90, 1));
        reports.add(asking("b", 91, 1));
        reports.add(asking("c", 92, 1));
        List<Finding> told = found(reports);

        assertThat(told.stream().filter(finding -> finding.state() == State.CLOSED))
                .extracting(Finding::cause)
                .containsExactlyInAnyOrder("a|8.8.8.8", "b|8.8.8.8");
        Finding site = told.stream()
                .filter(finding -> finding.scope().equals("site"))
                .findFirst()
                .orElseThrow();
        assertThat(site.devices()).isEqualTo(3);
        assertThat(site.facts()).containsExactly("3 devices of the site within a day.");
    }

    @Test
    void theStateEmptiesWhenTheSiteIsGone() throws Exception {
        try (var rounds = started(Long.MAX_VALUE)) {
            rounds.take(everything()).until(WEEK * HOUR);
            assertThat(rounds.isEmpty()).isFalse();
            rounds.until(45 * DAY);
            assertThat(rounds.isEmpty()).isTrue();
        }
    }

    @Test
    void theStateEmptiesAtTheEndOfABoundedObservationWhichSilencesNobody() throws Exception {
        try (var rounds = started(WEEK * HOUR)) {
            assertThat(rounds.take(others()).until(Long.MAX_VALUE)).isEmpty();
            assertThat(rounds.isEmpty()).isTrue();
        }
    }

    @Test
    void theStateSurvivesARestart() throws Exception {
        List<SiteReport> reports = everything();
        reports.sort(SiteReport.ORDER);
        int half = reports.size() * 2 / 3;
        List<Finding> told = new ArrayList<>();
        OperatorSubtaskState snapshot;
        try (var before = started(Long.MAX_VALUE)) {
            told.addAll(before.take(reports.subList(0, half))
                    .until(reports.get(half).atMillis() - 1));
            snapshot = before.snapshot(1, 1);
        }
        try (var after = new Harness<>(rounds(Long.MAX_VALUE), SiteReport::site)) {
            after.initializeState(snapshot);
            after.open();
            told.addAll(after.take(reports.subList(half, reports.size())).until(WEEK * HOUR));
        }
        assertThat(told).isEqualTo(found(reports)).isNotEmpty();
    }

    @Test
    void theOrderOfArrivalDoesNotMatter() throws Exception {
        List<SiteReport> shuffled = everything();
        Collections.shuffle(shuffled, new Random(8));
        assertThat(found(shuffled)).isEqualTo(found(everything()));
    }

    private static List<SiteReport> everything() {
        List<SiteReport> reports = others();
        reports.addAll(heard("off", hour -> hour < 100 || hour >= 130));
        reports.add(asking("a", 90, 1));
        reports.add(asking("b", 91, 1));
        reports.add(asking("a", 91, 2));
        reports.add(asking("c", 92, 1));
        reports.add(asking("off", 140, 1));
        reports.add(sensorSilent(100, 30));
        return reports;
    }

    private static List<Finding> found(List<SiteReport> reports) throws Exception {
        try (var rounds = started(Long.MAX_VALUE)) {
            return rounds.take(reports).until(WEEK * HOUR);
        }
    }

    private static List<SiteReport> others() {
        List<SiteReport> reports = heard("a", hour -> true);
        reports.addAll(heard("b", hour -> true));
        reports.addAll(heard("c", hour -> true));
        return reports;
    }

    private static Evidence lastOf(String phone, int hour) {
        return Evidence.ofFlow(phone, Samples.destination("x.com"), hour * HOUR);
    }

    private static List<SiteReport> heard(String phone, IntPredicate when) {
        List<SiteReport> reports = new ArrayList<>();
        for (int hour = 0; hour < WEEK; hour++) {
            if (when.test(hour)) {
                reports.add(SiteReport.heard(Samples.device(phone, 0), lastOf(phone, hour), (hour + 1) * HOUR - 1));
            }
        }
        return reports;
    }

    private static SiteReport asking(String phone, int hour, int times) {
        Finding finding = Finding.of(Kind.FOREIGN_RESOLVER, Samples.device(phone, 0), phone + "|8.8.8.8")
                .headline("asks")
                .facts(List.of("DNS to 8.8.8.8."))
                .between(hour * HOUR, hour * HOUR + 1_000)
                .more(times, 100, 100)
                .end();
        return SiteReport.suspected(
                new Suspicion("foreign-resolver|8.8.8.8", "most ask", finding), (hour + 1) * HOUR - 1);
    }

    private static SiteReport sensorSilent(int fromHour, int minutes) {
        Tally tally = new Tally(
                "zeek",
                "zurich",
                "zeek",
                fromHour * HOUR,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                Map.of(),
                new Delivery(0, 0, 0, 0, 0, 0, 0, 0, 0));
        MinuteCoverage coverage = new MinuteCoverage(MinuteCoverage.State.SILENT, minutes, tally);
        return SiteReport.silence(coverage, fromHour * HOUR + minutes * Tally.MINUTE_MILLIS);
    }

    private static Rounds rounds(long endMillis) {
        return new Rounds(0, 3 * DAY, endMillis);
    }

    private static Harness<SiteReport> started(long endMillis) throws Exception {
        return Harness.started(rounds(endMillis), SiteReport::site);
    }
}
