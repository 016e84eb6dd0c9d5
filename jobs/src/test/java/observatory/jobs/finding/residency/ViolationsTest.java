package observatory.jobs.finding.residency;

import static observatory.jobs.finding.Samples.DAY;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import observatory.jobs.attribute.Device;
import observatory.jobs.finding.Finding;
import observatory.jobs.finding.Samples;
import observatory.jobs.finding.Suppression;
import observatory.jobs.finding.policy.Destinations;
import observatory.jobs.finding.policy.Devices;
import observatory.jobs.finding.policy.Policy;
import observatory.jobs.finding.policy.Rule;
import observatory.jobs.order.Arrivals;
import observatory.jobs.rollup.Rollup;
import observatory.jobs.summary.Totals;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class ViolationsTest {
    private static final long HOUR = 3_600_000;

    @Test
    void ofADisputedPlacePartlyInsideNothingCertainIsSaid() {
        assertThat(breaches("CN", Samples.rollup(Samples.device("a", 0), "x.com", 0)))
                .extracting(Breach::isCertain)
                .containsExactly(false);
        assertThat(breaches("CH", Samples.rollup(Samples.device("a", 0), "x.com", 0)))
                .extracting(Breach::isCertain)
                .containsExactly(true);
        assertThat(breaches("CH", Samples.rollup(Samples.device("a", 0), "local", 0)))
                .isEmpty();
    }

    @Test
    void theSummaryCountsWhatIsUndecidedApart() {
        Rollup contact = Samples.rollup(Samples.device("a", 0), "x.com", 0);

        assertThat(Totals.of(breaches("CN", contact).getFirst()).counters())
                .containsEntry("policy\teu\tundecided\tflows", 1L)
                .containsEntry("policy\teu\tundecided\tbytes", 1_400L);
        assertThat(Totals.of(breaches("CH", contact).getFirst()).counters())
                .containsEntry("policy\teu\tviolated\tflows", 1L);
    }

    @Test
    void aRuleThatIsBrokenAllDayIsOneFindingToldOnceAnHour() throws Exception {
        try (var harness = opened(0)) {
            List<Finding> found = run(harness, day(), 0);

            assertThat(found).extracting(Finding::cause).containsOnly("eu|x.com|site zurich|1970-01-01");
            assertThat(found).hasSizeBetween(2, 25);
            assertThat(found.getLast().count()).isEqualTo(144);
            assertThat(found.getLast().devices()).isEqualTo(2);
            assertThat(found.getLast().reason()).contains("'eu' of dpo").contains("because");
        }
    }

    @Test
    void ofOneDeviceItIsTheDevicesOwnAndOfSeveralTheGroups() throws Exception {
        try (var harness = opened(0)) {
            List<Finding> found = run(harness, day(), 0);
            Finding first = found.getFirst();

            assertThat(List.of(first.scope(), found.getLast().scope())).containsExactly("device", "group");
            assertThat(covers(first, "a")).isTrue();
            assertThat(covers(first, "b")).isFalse();
            assertThat(covers(found.getLast(), "a")).isFalse();
        }
    }

    private static boolean covers(Finding finding, String pseudonym) {
        Device device = Objects.requireNonNull(finding.device());
        return new Suppression("s", "o", "r", Long.MAX_VALUE, null, pseudonym, null, null)
                .covers(Suppression.About.of(
                        finding.kind().label(),
                        finding.scope(),
                        null,
                        device.key(),
                        device.cohort(),
                        finding.lastMillis()));
    }

    @Test
    void afterAMonthWithoutABreachAllIsForgottenAndTheNextIsAnother() throws Exception {
        try (var harness = opened(0)) {
            run(harness, day(), 0);
            harness.processWatermark(40 * DAY);
            assertThat(harness.numKeyedStateEntries()).isZero();
            assertThat(harness.numEventTimeTimers()).isZero();
            assertThat(harness.extractOutputValues().getLast().state()).isEqualTo(Finding.State.CLOSED);
            assertThat(harness.extractOutputValues().getLast().count()).isEqualTo(145);

            List<Rollup> later = List.of(Samples.rollup(Samples.device("a", 0), "x.com", 41 * DAY));
            assertThat(run(harness, later, 0)).last().extracting(Finding::count).isEqualTo(1L);
        }
    }

    @Test
    void theEndOfABoundedObservationEndsNoFinding() throws Exception {
        try (var harness = harness(0, 2 * DAY)) {
            harness.open();
            run(harness, day(), 0);
            harness.processWatermark(2 * DAY);
            harness.processWatermark(Long.MAX_VALUE);

            assertThat(harness.extractOutputValues()).extracting(Finding::state).containsOnly(Finding.State.OPEN);
        }
    }

    @Test
    void stepsOfTimeInWhateverOrderAndRestartsGiveTheSame() throws Exception {
        List<Breach> day = new ArrayList<>();
        day().forEach(rollup -> day.addAll(breaches("CH", rollup)));
        try (var straight = opened(HOUR)) {
            List<Finding> expected = run(straight, day(), 3 * DAY);
            for (int seed = 0; seed < 3; seed++) {
                Arrivals<Breach> live = Arrivals.delayed(
                                day, breach -> breach.contact().windowEndMillis(), HOUR, seed)
                        .until(3 * DAY)
                        .restarting(seed);
                assertThat(live.through(
                                        () -> new KeyedProcessOperator<>(new Violations(HOUR, Long.MAX_VALUE)),
                                        Breach::key)
                                .events())
                        .isEqualTo(expected);
            }
        }
    }

    @Test
    void shuffledAndRepeatedInputAndARestartGiveTheSame() throws Exception {
        List<Rollup> again = new ArrayList<>(day());
        again.addAll(day());
        Collections.shuffle(again, new Random(1));
        try (var straight = opened(DAY);
                var first = opened(DAY);
                var second = harness(DAY)) {
            List<Finding> expected = run(straight, day(), 3 * DAY);
            for (Rollup rollup : again) {
                breaches("CH", rollup).forEach(breach -> take(first, breach));
            }
            second.setup();
            second.initializeState(first.snapshot(1, 1));
            second.open();
            second.processWatermark(3 * DAY);

            assertThat(second.extractOutputValues()).isEqualTo(expected).isNotEmpty();
        }
    }

    private static List<Rollup> day() {
        List<Rollup> day = new ArrayList<>();
        for (int i = 0; i < 144; i++) {
            day.add(Samples.rollup(Samples.device(i % 2 == 0 ? "a" : "b", 0), "x.com", i * HOUR / 6));
        }
        return day;
    }

    private static List<Breach> breaches(String allowed, Rollup rollup) {
        Destinations only = new Destinations(List.of(allowed), List.of(), List.of(), List.of(), List.of());
        Rule rule = new Rule(
                "eu", "dpo", "because", 0, Long.MAX_VALUE, Devices.ALL, Destinations.ALL, Rule.Mode.ALLOW, only);
        List<Breach> breaches = new ArrayList<>();
        new Judge(new Policy(List.of(rule))).flatMap(rollup, new ListCollector<>(breaches));
        return breaches;
    }

    private static List<Finding> run(
            KeyedOneInputStreamOperatorTestHarness<String, Breach, Finding> harness, List<Rollup> rollups, long end)
            throws Exception {
        for (Rollup rollup : rollups) {
            breaches("CH", rollup).forEach(breach -> take(harness, breach));
            if (end == 0) {
                harness.processWatermark(rollup.windowEndMillis());
            }
        }
        harness.processWatermark(end == 0 ? rollups.getLast().windowEndMillis() + 2 * HOUR : end);
        return harness.extractOutputValues();
    }

    private static void take(KeyedOneInputStreamOperatorTestHarness<String, Breach, Finding> harness, Breach breach) {
        try {
            harness.processElement(new StreamRecord<>(breach));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyedOneInputStreamOperatorTestHarness<String, Breach, Finding> opened(long lateness)
            throws Exception {
        var harness = harness(lateness);
        harness.open();
        return harness;
    }

    private static KeyedOneInputStreamOperatorTestHarness<String, Breach, Finding> harness(long lateness)
            throws Exception {
        return harness(lateness, Long.MAX_VALUE);
    }

    private static KeyedOneInputStreamOperatorTestHarness<String, Breach, Finding> harness(
            long lateness, long endMillis) throws Exception {
        return new KeyedOneInputStreamOperatorTestHarness<>(
                new KeyedProcessOperator<>(new Violations(lateness, endMillis)), Breach::key, Types.STRING);
    }
}
