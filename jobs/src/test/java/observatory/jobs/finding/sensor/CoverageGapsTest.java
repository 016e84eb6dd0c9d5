package observatory.jobs.finding.sensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import observatory.jobs.coverage.Delivery;
import observatory.jobs.coverage.MinuteCoverage;
import observatory.jobs.coverage.Silence;
import observatory.jobs.coverage.Tally;
import observatory.jobs.finding.Finding;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class CoverageGapsTest {
    private static final long MINUTE = Tally.MINUTE_MILLIS;
    private static final int DAY = 24 * 60;

    @Test
    void oneInAThousandLostIsNoGap() throws Exception {
        try (var gaps = started()) {
            deliver(gaps, 0, 60, 1, 0);
            assertThat(gaps.extractOutputValues()).isEmpty();
        }
    }

    @Test
    void lossesOfAnHourAreOneGapThatGrowsAndCloses() throws Exception {
        try (var gaps = started()) {
            deliver(gaps, 0, 60, 50, 0);
            deliver(gaps, 60, 200, 0, 0);

            List<Finding> told = gaps.extractOutputValues();
            assertThat(told).extracting(Finding::cause).containsOnly("router|lost|1");
            assertThat(told).extracting(Finding::count).isSorted().doesNotHaveDuplicates();
            assertThat(told.getLast().state()).isEqualTo(Finding.State.CLOSED);
            assertThat(told.getLast().count()).isEqualTo(60 * 50 + 1);
        }
    }

    @Test
    void whatASensorDroppedIsAGapHoweverLittle() throws Exception {
        try (var gaps = started()) {
            gaps.processElement(minute("zeek", 0, new Delivery(0, 0, 0, 0, 0, 0, 3, 0, 0), 0), 0);
            gaps.processWatermark(15 * MINUTE);
            assertThat(gaps.extractOutputValues()).hasSize(1);
        }
    }

    @Test
    void dnsThatStopsWhileFlowsGoOnIsAGap() throws Exception {
        try (var gaps = started()) {
            deliver(gaps, 0, DAY + 300, 0, 5);
            deliver(gaps, DAY + 300, DAY + 400, 0, 0);
            deliver(gaps, DAY + 400, DAY + 401, 0, 5);

            List<Finding> told = gaps.extractOutputValues();
            assertThat(told).extracting(Finding::cause).containsOnly("router|dns|" + (DAY + 300) * MINUTE);
            assertThat(told.getLast().state()).isEqualTo(Finding.State.CLOSED);
        }
    }

    @Test
    void phonesThatAskOnlyAtNightMissNothingByDay() throws Exception {
        try (var gaps = started()) {
            for (int day = 0; day < 9; day++) {
                deliver(gaps, day * DAY, day * DAY + 180, 0, 5);
                deliver(gaps, day * DAY + 180, (day + 1) * DAY, 0, 0);
            }
            assertThat(gaps.extractOutputValues()).isEmpty();
        }
    }

    @Test
    void oneOutageHidesNoOther() throws Exception {
        try (var gaps = started()) {
            deliver(gaps, 0, 5 * DAY, 0, 5);
            deliver(gaps, 5 * DAY, 5 * DAY + 300, 0, 0);
            deliver(gaps, 5 * DAY + 300, 6 * DAY, 0, 5);
            deliver(gaps, 6 * DAY, 6 * DAY + 300, 0, 0);

            assertThat(gaps.extractOutputValues())
                    .extracting(Finding::cause)
                    .contains("router|dns|" + 5 * DAY * MINUTE, "router|dns|" + 6 * DAY * MINUTE);
        }
    }

    @Test
    void aSensorThatNeverToldDnsMissesNone() throws Exception {
        try (var gaps = started()) {
            deliver(gaps, 0, 600, 0, 0);
            assertThat(gaps.extractOutputValues()).isEmpty();
        }
    }

    @Test
    void theStateSurvivesARestart() throws Exception {
        OperatorSubtaskState snapshot;
        try (var before = started()) {
            deliver(before, 0, 7, 50, 0);
            snapshot = before.snapshot(1, 1);
        }
        try (var after = harness(Long.MAX_VALUE)) {
            after.initializeState(snapshot);
            after.open();
            after.processWatermark(15 * MINUTE);
            assertThat(after.extractOutputValues()).extracting(Finding::count).containsExactly(7L * 50);
        }
    }

    @Test
    void theStateEmptiesWhenTheSensorIsGone() throws Exception {
        try (var gaps = started()) {
            deliver(gaps, 0, 60, 50, 5);
            assertThat(gaps.numKeyedStateEntries()).isPositive();
            gaps.processWatermark(Silence.FORGET_MILLIS + 2 * 24 * 60 * MINUTE);
            assertThat(gaps.numKeyedStateEntries()).isZero();
            assertThat(gaps.numEventTimeTimers()).isZero();
        }
    }

    @Test
    void theGapOfASensorThatIsGoneEndsWithItWhereThatIsObserved() throws Exception {
        long later = Silence.FORGET_MILLIS + 2 * 24 * 60 * MINUTE;
        try (var live = started();
                var bounded = started(24 * 60 * MINUTE)) {
            deliver(live, 0, 60, 50, 0);
            deliver(bounded, 0, 60, 50, 0);
            live.processWatermark(later);
            bounded.processWatermark(later);

            assertThat(live.extractOutputValues())
                    .extracting(Finding::state)
                    .endsWith(Finding.State.OPEN, Finding.State.CLOSED);
            assertThat(live.extractOutputValues())
                    .extracting(Finding::count)
                    .isSorted()
                    .doesNotHaveDuplicates();
            assertThat(bounded.extractOutputValues()).extracting(Finding::state).containsOnly(Finding.State.OPEN);
        }
    }

    @Test
    void aGapIsTheSameWhetherMinutesComeOneByOneOrInHeaps() throws Exception {
        try (var steps = started();
                var heap = started()) {
            deliver(steps, 0, 100, 50, 0);
            for (int i = 0; i < 100; i++) {
                heap.processElement(delivered(i, 50, 0), 0);
            }
            heap.processWatermark(100 * MINUTE - 1);
            assertThat(heap.extractOutputValues()).isEqualTo(steps.extractOutputValues());
        }
    }

    private static void deliver(
            KeyedOneInputStreamOperatorTestHarness<String, MinuteCoverage, Finding> gaps,
            int from,
            int to,
            long lost,
            long dns)
            throws Exception {
        for (int i = from; i < to; i++) {
            gaps.processElement(delivered(i, lost, dns), 0);
            gaps.processWatermark((i + 1) * MINUTE - 1);
        }
    }

    private static MinuteCoverage delivered(int minute, long lost, long dns) {
        return minute("netflow9", minute, new Delivery(1_000, lost, 1, 0, 0, 0, 0, 0, 0), dns);
    }

    private static MinuteCoverage minute(String type, int minute, Delivery delivery, long dns) {
        Tally tally = new Tally(
                "router", "zurich", type, minute * MINUTE, 10, 0, 10, dns, 0, 0, 0, 0, 0, 0, 0, 0, Map.of(), delivery);
        return new MinuteCoverage(MinuteCoverage.State.RECEIVING, 1, tally);
    }

    private static KeyedOneInputStreamOperatorTestHarness<String, MinuteCoverage, Finding> started() throws Exception {
        return started(Long.MAX_VALUE);
    }

    private static KeyedOneInputStreamOperatorTestHarness<String, MinuteCoverage, Finding> started(long endMillis)
            throws Exception {
        var harness = harness(endMillis);
        harness.open();
        return harness;
    }

    private static KeyedOneInputStreamOperatorTestHarness<String, MinuteCoverage, Finding> harness(long endMillis)
            throws Exception {
        return new KeyedOneInputStreamOperatorTestHarness<>(
                new KeyedProcessOperator<>(new CoverageGaps(endMillis)),
                coverage -> coverage.tally().sensorKey(),
                Types.STRING);
    }
}
