package observatory.jobs.finding.beacon;

import static observatory.jobs.finding.Samples.DAY;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import observatory.jobs.finding.Evidence;
import observatory.jobs.finding.Finding;
import observatory.jobs.finding.Finding.Kind;
import observatory.jobs.finding.Finding.State;
import observatory.jobs.finding.Harness;
import observatory.jobs.finding.Samples;
import observatory.jobs.finding.beacon.Turn.What;
import observatory.jobs.order.Arrivals;
import observatory.jobs.rollup.Destination;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.junit.jupiter.api.Test;

class BeaconNewsTest {
    private static final String DOUBT = "A single name.";
    private static final long HOUR = 3_600_000;

    @Test
    void whatSeveralPhonesBeginIsOneFindingAsWideAsTheyAre() throws Exception {
        List<Finding> told =
                found(List.of(sign("a", 100, What.BEGAN), sign("b", 101, What.BEGAN), sign("a", 120, What.KNOWN)));

        assertThat(told).extracting(Finding::kind).containsOnly(Kind.NEW_BEACON);
        assertThat(told).extracting(Finding::cause).containsOnly("x.com|unknown/unknown|6/443|fleet|began|1970-01-04");
        assertThat(told.getLast().scope()).isEqualTo("cohort");
        assertThat(told.getLast().devices()).isEqualTo(2);
        assertThat(told.getLast().missing()).containsExactly(DOUBT);
    }

    @Test
    void aBeaconThatItsKindHasIsNoNewsFromOneMore() throws Exception {
        assertThat(found(List.of(sign("a", 10, What.KNOWN), sign("b", 100, What.BEGAN))))
                .isEmpty();
    }

    @Test
    void aBeaconThatWasKnownIsNoFindingUntilItChanges() throws Exception {
        List<Finding> told =
                found(List.of(sign("a", 10, What.KNOWN), sign("a", 34, What.KNOWN), sign("a", 100, What.PERIOD)));
        assertThat(told).extracting(Finding::kind).containsExactly(Kind.BEACON_CHANGED);
    }

    @Test
    void afterThirtyDaysWithoutItHasEnded() throws Exception {
        try (var news = started()) {
            news.take(List.of(sign("a", 100, What.BEGAN), sign("a", 120, What.KNOWN)));
            List<Finding> told = news.until(40 * DAY);
            assertThat(told).extracting(Finding::count).isSorted().doesNotHaveDuplicates();
            assertThat(told.getLast().state()).isEqualTo(State.CLOSED);
        }
    }

    @Test
    void theStateEmpties() throws Exception {
        try (var news = started()) {
            news.take(some()).until(10 * DAY);
            assertThat(news.isEmpty()).isFalse();
            news.until(80 * DAY);
            assertThat(news.isEmpty()).isTrue();
        }
    }

    @Test
    void theStateEmptiesAtTheEndOfABoundedObservation() throws Exception {
        try (var news = Harness.started(new BeaconNews(14 * DAY), BeaconSign::series)) {
            news.take(some()).until(Long.MAX_VALUE);
            assertThat(news.isEmpty()).isTrue();
        }
    }

    @Test
    void theStateSurvivesARestart() throws Exception {
        List<BeaconSign> signs = some();
        List<Finding> told = new ArrayList<>();
        OperatorSubtaskState snapshot;
        try (var before = started()) {
            told.addAll(before.take(signs.subList(0, 7)).until(signs.get(7).atMillis() - 1));
            snapshot = before.snapshot(1, 1);
        }
        try (var after = new Harness<>(new BeaconNews(Long.MAX_VALUE), BeaconSign::series)) {
            after.initializeState(snapshot);
            after.open();
            told.addAll(after.take(signs.subList(7, signs.size())).until(14 * DAY));
        }
        assertThat(told).isEqualTo(found(signs)).isNotEmpty();
    }

    @Test
    void theOrderOfArrivalDoesNotMatter() throws Exception {
        for (int seed = 0; seed < 3; seed++) {
            Arrivals<BeaconSign> live = Arrivals.delayed(some(), BeaconSign::atMillis, 12 * HOUR, seed)
                    .until(14 * DAY)
                    .restarting(seed);
            assertThat(live.through(
                                    () -> new KeyedProcessOperator<>(new BeaconNews(Long.MAX_VALUE)),
                                    BeaconSign::series)
                            .events())
                    .isEqualTo(found(some()));
        }
    }

    private static List<BeaconSign> some() {
        List<BeaconSign> signs = new ArrayList<>();
        for (int i = 0; i < 15; i++) {
            signs.add(sign("phone" + i % 4, 100 + 5 * i, i < 4 ? What.BEGAN : i == 9 ? What.SIZE : What.KNOWN));
        }
        return signs;
    }

    private static List<Finding> found(List<BeaconSign> signs) throws Exception {
        try (var news = started()) {
            return news.take(signs).until(14 * DAY);
        }
    }

    private static BeaconSign sign(String phone, int hour, What what) {
        Destination destination = Samples.destination("x.com");
        long at = hour * HOUR + 299_999;
        Turn turn = new Turn(what, at - 6 * HOUR, HOUR, 0.9, what.isChange() ? "before" : "", "after");
        return new BeaconSign(
                "x.com|unknown/unknown|6/443",
                at,
                turn,
                Samples.device(phone, 0),
                destination,
                443,
                at - 1_000,
                List.of(DOUBT),
                Evidence.ofFlow(phone, destination, at));
    }

    private static Harness<BeaconSign> started() throws Exception {
        return Harness.started(new BeaconNews(Long.MAX_VALUE), BeaconSign::series);
    }
}
