package observatory.jobs.finding.sensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import observatory.jobs.coverage.CoverageMinutes;
import observatory.jobs.coverage.MinuteCoverage;
import observatory.jobs.coverage.Silence;
import observatory.jobs.coverage.Tally;
import observatory.jobs.finding.Finding;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

/** The ledger and the finding, one behind the other as in the job. */
class SensorSilenceTest {
    private static final long MINUTE = Tally.MINUTE_MILLIS;

    @Test
    void threeHoursWithoutAWordAreOneFindingThatCloses() throws Exception {
        List<Finding> told = tell(minutes(0, 100, 1), minutes(280, 300, 1), 300);

        assertThat(told).extracting(Finding::cause).containsOnly("zurich|" + 100 * MINUTE);
        assertThat(told.getLast().state()).isEqualTo(Finding.State.CLOSED);
        assertThat(told.getLast().facts()).first().asString().startsWith("No input for 180 minutes");
        assertThat(told).extracting(Finding::count).isSorted().doesNotHaveDuplicates();
        assertThat(told.getLast().evidence()).containsAll(told.getFirst().evidence());
        assertThat(told.getLast().evidence()).hasSizeGreaterThan(1);
    }

    @Test
    void aTinyFleetThatSpeaksEveryHalfHourIsNeverSilent() throws Exception {
        assertThat(tell(minutes(0, 3_000, 31), List.of(), 3_000)).isEmpty();
    }

    @Test
    void aSensorThatNeverComesBackIsGivenUpAndForgotten() throws Exception {
        try (var ledger = ledger();
                var silence = silence()) {
            for (Tally tally : minutes(0, 100, 1)) {
                ledger.processElement(tally, 0);
            }
            ledger.processWatermark(Silence.FORGET_MILLIS + 3 * 24 * 60 * MINUTE);
            for (MinuteCoverage coverage : ledger.extractOutputValues()) {
                silence.processElement(coverage, 0);
            }
            assertThat(silence.extractOutputValues().getLast().state()).isEqualTo(Finding.State.CLOSED);
            assertThat(silence.numKeyedStateEntries()).isZero();
            assertThat(ledger.numKeyedStateEntries()).isZero();
            assertThat(ledger.numEventTimeTimers()).isZero();
        }
    }

    private static List<Finding> tell(List<Tally> first, List<Tally> second, int untilMinute) throws Exception {
        try (var ledger = ledger();
                var silence = silence()) {
            for (List<Tally> part : List.of(first, second)) {
                for (Tally tally : part) {
                    ledger.processElement(tally, 0);
                    ledger.processWatermark(tally.minuteMillis() + MINUTE - 1);
                }
            }
            ledger.processWatermark(untilMinute * MINUTE);
            for (MinuteCoverage coverage : ledger.extractOutputValues()) {
                silence.processElement(coverage, 0);
            }
            return silence.extractOutputValues();
        }
    }

    private static List<Tally> minutes(int from, int to, int step) {
        return java.util.stream.IntStream.iterate(from, i -> i < to, i -> i + step)
                .mapToObj(i -> new Tally(
                        "zurich", "zurich", "zeek", i * MINUTE, 1, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, Map.of(), null))
                .toList();
    }

    private static KeyedOneInputStreamOperatorTestHarness<String, Tally, MinuteCoverage> ledger() throws Exception {
        var harness = new KeyedOneInputStreamOperatorTestHarness<>(
                new KeyedProcessOperator<>(new CoverageMinutes(0, Long.MAX_VALUE)), Tally::sensorKey, Types.STRING);
        harness.open();
        return harness;
    }

    private static KeyedOneInputStreamOperatorTestHarness<String, MinuteCoverage, Finding> silence() throws Exception {
        var harness = new KeyedOneInputStreamOperatorTestHarness<>(
                new KeyedProcessOperator<>(new SensorSilence()),
                coverage -> coverage.tally().sensorKey(),
                Types.STRING);
        harness.open();
        return harness;
    }
}
