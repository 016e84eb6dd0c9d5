package observatory.jobs.finding.cohort;

import static observatory.jobs.finding.Samples.DAY;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.IntPredicate;
import observatory.jobs.attribute.Device;
import observatory.jobs.finding.Finding;
import observatory.jobs.finding.Outliers;
import observatory.jobs.finding.Samples;
import observatory.jobs.finding.novelty.Encounter;
import observatory.jobs.finding.novelty.Visit;
import observatory.jobs.rollup.Rollup;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class CohortWatchTest {
    @Test
    void fewOfManyThatKeepAtItAreOneFindingThatEvolves() throws Exception {
        List<Encounter> life = daily(100, 14, phone -> phone % 30 == 0, "x.com");

        assertThat(found(life, 14)).isNotEmpty().allSatisfy(finding -> {
            assertThat(finding.headline()).startsWith("4 of 100 Yealink T54W 96.86 talk to");
            assertThat(finding.cause()).isEqualTo("x.com|cohort|Yealink T54W 96.86|1970-01-01");
            assertThat(finding.devices()).isEqualTo(4);
        });
        assertThat(found(life, 14)).extracting(Finding::count).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void manyOfManyAndFewOfFewAreNone() throws Exception {
        assertThat(found(daily(100, 14, phone -> phone % 5 == 0, "x.com"), 14)).isEmpty();
        assertThat(found(daily(15, 14, phone -> phone == 0, "x.com"), 14)).isEmpty();
    }

    @Test
    void whileARolloutSpreadsNobodyIsAnOutlier() throws Exception {
        List<Encounter> life = new ArrayList<>(daily(200, 20, phone -> false, "x.com"));
        for (int day = 0; day < 20; day++) {
            for (int phone = 0; phone <= day; phone++) {
                life.add(encounter(phone, "zurich", "x.com", day));
            }
        }
        assertThat(found(life, 20)).isEmpty();
    }

    @Test
    void whatWasContactedOnceOrTwiceIsNoHabit() throws Exception {
        List<Encounter> life = new ArrayList<>(daily(100, 14, phone -> false, "x.com"));
        life.add(encounter(3, "zurich", "x.com", 1));
        life.add(encounter(3, "zurich", "x.com", 9));

        assertThat(found(life, 14)).isEmpty();
    }

    @Test
    void aServiceOfOneSiteIsItsOwnAffair() throws Exception {
        List<Encounter> life = new ArrayList<>(daily(100, 14, phone -> false, "x.com"));
        for (int day = 0; day < 14; day++) {
            for (int phone = 200; phone < 208; phone++) {
                life.add(encounter(phone, "bern", "own.com", day));
                life.add(encounter(phone, "bern", "base.com", day));
            }
        }
        assertThat(found(life, 14)).isEmpty();
    }

    @Test
    void inHolidaysThoseWhoWorkAreNoOutliers() throws Exception {
        List<Encounter> life = new ArrayList<>(daily(100, 10, phone -> phone % 2 == 0, "x.com"));
        for (int day = 10; day < 26; day++) {
            for (int phone = 0; phone < 100; phone++) {
                life.add(encounter(phone, "zurich", "base.com", day));
            }
            life.add(encounter(0, "zurich", "x.com", day));
        }
        assertThat(found(life, 26)).isEmpty();
    }

    @Test
    void stateEmptiesAMonthAfterTheLastContact() throws Exception {
        try (var harness = opened()) {
            take(harness, daily(40, 10, phone -> phone == 0, "x.com"));
            harness.processWatermark(11 * DAY);
            assertThat(harness.numKeyedStateEntries()).isPositive();
            harness.processWatermark(60 * DAY);
            assertThat(harness.numKeyedStateEntries()).isZero();
            assertThat(harness.numEventTimeTimers()).isZero();
        }
    }

    @Test
    void aMonthAfterTheLastContactTheFindingHasEnded() throws Exception {
        List<Encounter> life = daily(40, 10, phone -> phone == 0, "x.com");
        try (var live = opened();
                var bounded = harness(11 * DAY)) {
            bounded.open();
            take(live, life);
            take(bounded, life);
            live.processWatermark(60 * DAY);
            bounded.processWatermark(Long.MAX_VALUE);

            List<Finding> told = live.extractOutputValues();
            assertThat(told).extracting(Finding::state).endsWith(Finding.State.OPEN, Finding.State.CLOSED);
            assertThat(told).extracting(Finding::count).isSorted().doesNotHaveDuplicates();
            assertThat(bounded.extractOutputValues()).extracting(Finding::state).containsOnly(Finding.State.OPEN);
        }
    }

    @Test
    void whoGoesOnAfterAMonthInWhichItWasOrdinaryIsTheSameFinding() throws Exception {
        List<Encounter> life = new ArrayList<>(daily(40, 90, phone -> phone == 0, "x.com"));
        for (int day = 12; day < 46; day++) {
            for (int phone = 1; phone < 10; phone++) {
                life.add(encounter(phone, "zurich", "x.com", day));
            }
        }
        List<Finding> told = found(life, 90);

        assertThat(told).extracting(Finding::cause).containsOnly(told.getFirst().cause());
        assertThat(told)
                .extracting(Finding::state)
                .contains(Finding.State.CLOSED)
                .endsWith(Finding.State.OPEN);
        assertThat(told).extracting(Finding::count).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void whatWasForgottenAndComesAgainIsAnotherFinding() throws Exception {
        List<Encounter> life = new ArrayList<>(daily(40, 90, phone -> false, "x.com"));
        for (int day = 0; day < 10; day++) {
            life.add(encounter(0, "zurich", "x.com", day));
            life.add(encounter(0, "zurich", "x.com", 60 + day));
        }
        assertThat(found(life, 90))
                .extracting(Finding::cause)
                .containsOnly(
                        "x.com|cohort|Yealink T54W 96.86|1970-01-01", "x.com|cohort|Yealink T54W 96.86|1970-03-02");
    }

    @Test
    void shuffledInputAndARestartGiveTheSame() throws Exception {
        List<Encounter> life = daily(60, 14, phone -> phone % 30 == 0, "x.com");
        List<Encounter> shuffled = new ArrayList<>(life);
        Collections.shuffle(shuffled, new Random(5));
        try (var first = opened();
                var second = harness()) {
            take(first, shuffled);
            second.setup();
            second.initializeState(first.snapshot(1, 1));
            second.open();
            second.processWatermark(15 * DAY);

            assertThat(second.extractOutputValues()).isEqualTo(found(life, 15)).isNotEmpty();
        }
    }

    private static List<Finding> found(List<Encounter> life, int days) throws Exception {
        try (var harness = opened()) {
            take(harness, life);
            harness.processWatermark(days * DAY + DAY / 2);
            return harness.extractOutputValues();
        }
    }

    private static void take(
            KeyedOneInputStreamOperatorTestHarness<String, Encounter, Finding> harness, List<Encounter> life)
            throws Exception {
        for (Encounter encounter : life) {
            harness.processElement(new StreamRecord<>(encounter));
        }
    }

    /** Phones that all contact one endpoint each day, and some of them another. */
    private static List<Encounter> daily(int phones, int days, IntPredicate some, String endpoint) {
        List<Encounter> life = new ArrayList<>();
        for (int day = 0; day < days; day++) {
            for (int phone = 0; phone < phones; phone++) {
                life.add(encounter(phone, "zurich", "base.com", day));
                if (some.test(phone)) {
                    life.add(encounter(phone, "zurich", endpoint, day));
                }
            }
        }
        return life;
    }

    private static Encounter encounter(int phone, String site, String endpoint, int day) {
        Device device =
                new Device("p" + phone, site, "10.0.0.9", null, null, "Yealink", "T54W", "96.86", null, null, 0);
        Rollup contact = Samples.rollup(device, endpoint, day * DAY + phone * 300_000L);
        return Encounter.of(Visit.of(contact), day * DAY + DAY / 2, 0);
    }

    private static KeyedOneInputStreamOperatorTestHarness<String, Encounter, Finding> opened() throws Exception {
        var harness = harness();
        harness.open();
        return harness;
    }

    private static KeyedOneInputStreamOperatorTestHarness<String, Encounter, Finding> harness() throws Exception {
        return harness(Long.MAX_VALUE);
    }

    private static KeyedOneInputStreamOperatorTestHarness<String, Encounter, Finding> harness(long endMillis)
            throws Exception {
        return new KeyedOneInputStreamOperatorTestHarness<>(
                new KeyedProcessOperator<>(new CohortWatch(Outliers.DEFAULT, endMillis)),
                CohortWatch::keyOf,
                Types.STRING);
    }
}
