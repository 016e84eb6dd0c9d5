package observatory.jobs.finding.sensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import observatory.jobs.coverage.CoverageMinutes;
import observatory.jobs.coverage.Delivery;
import observatory.jobs.coverage.MinuteCoverage;
import observatory.jobs.coverage.Silence;
import observatory.jobs.coverage.Tally;
import observatory.jobs.finding.Finding;
import observatory.jobs.order.Arrivals;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.junit.jupiter.api.Test;

/** The ledger and the two findings that stand on it, one behind the other as in the job. */
class SensorChainTest {
    private static final long MINUTE = Tally.MINUTE_MILLIS;
    private static final int DAY = 24 * 60;
    private static final long BOUND = 10 * MINUTE;
    private static final long END = (3 * DAY + 10) * MINUTE;
    private static final List<Tally> TALLIES = tallies();

    @Test
    void anOutageLossesAndMissingDnsAreFound() throws Exception {
        Arrivals<MinuteCoverage> minutes = ledger(inOrder().until(END));

        assertThat(silences(minutes).events())
                .extracting(Finding::cause)
                .containsOnly("zurich|" + (DAY + 600) * MINUTE);
        assertThat(gaps(minutes).events())
                .extracting(Finding::cause)
                .containsOnly("zurich|lost|21", "zurich|dns|" + (2 * DAY + 1) * MINUTE);
    }

    @Test
    void whatComesWithinTheBoundGivesTheSameWithAndWithoutRestarts() throws Exception {
        Arrivals<MinuteCoverage> expected = ledger(inOrder().until(END));
        for (int seed = 0; seed < 3; seed++) {
            Arrivals<MinuteCoverage> minutes = ledger(Arrivals.delayed(TALLIES, Tally::minuteMillis, BOUND, seed)
                    .until(END)
                    .restarting(2 * seed));

            assertThat(minutes.events()).isEqualTo(expected.events());
            assertThat(silences(minutes).events()).isEqualTo(silences(expected).events());
            assertThat(gaps(minutes).events()).isEqualTo(gaps(expected).events());
        }
    }

    @Test
    void howeverLateTheTalliesTheLastWordOnAMinuteIsTheSame() throws Exception {
        Map<Long, MinuteCoverage> expected = newest(ledger(inOrder().until(END)));
        for (int seed = 0; seed < 3; seed++) {
            Arrivals<Tally> late = Arrivals.late(TALLIES, Tally::minuteMillis, BOUND, seed)
                    .until(END)
                    .restarting(2 * seed);

            assertThat(newest(ledger(late))).isEqualTo(expected);
        }
    }

    @Test
    void aCorrectionRightAfterARestartIsTold() throws Exception {
        Arrivals<Tally> late = Arrivals.inOneGo(List.of(tally(0, 1, 1)))
                .until(MINUTE)
                .then(tally(0, 2, 1))
                .until(2 * MINUTE)
                .restarting(1);

        assertThat(ledger(late).events())
                .extracting(minute -> minute.tally().flow())
                .containsExactly(1L, 3L);
    }

    /** As when a link to a sensor was down for hours and all of it comes at once. */
    @Test
    void aMinuteThatIsHeardOfLongAfterItWasOverIsAddedUpToo() throws Exception {
        Arrivals<Tally> late = Arrivals.inOneGo(List.of(tally(200, 1, 1)))
                .until(201 * MINUTE)
                .then(tally(10, 1, 1))
                .then(tally(11, 3, 1))
                .until(201 * MINUTE + BOUND / 2)
                .then(tally(10, 5, 1))
                .until(203 * MINUTE + BOUND);

        assertThat(ledger(late).events())
                .extracting(minute -> minute.tally().flow())
                .containsExactly(1L, 1L, 3L, 6L);
        assertThat(ledger(late.until(201 * MINUTE + Silence.FORGET_MILLIS + DAY * MINUTE))
                        .left())
                .isZero();
    }

    @Test
    void allStateEmptiesWhenTheSensorIsGone() throws Exception {
        Arrivals<MinuteCoverage> minutes = ledger(inOrder().until(END + Silence.FORGET_MILLIS + DAY * MINUTE));

        assertThat(ledger(inOrder().until(END)).left()).isPositive();
        assertThat(minutes.left()).isZero();
        assertThat(silences(minutes).left()).isZero();
        assertThat(gaps(minutes).left()).isZero();
    }

    private static Arrivals<Tally> inOrder() {
        return Arrivals.inOrder(TALLIES, Tally::minuteMillis);
    }

    private static Arrivals<MinuteCoverage> ledger(Arrivals<Tally> tallies) throws Exception {
        return tallies.through(
                () -> new KeyedProcessOperator<>(new CoverageMinutes(BOUND, Long.MAX_VALUE)), Tally::sensorKey);
    }

    private static Arrivals<Finding> silences(Arrivals<MinuteCoverage> minutes) throws Exception {
        return found(minutes, new SensorSilence());
    }

    private static Arrivals<Finding> gaps(Arrivals<MinuteCoverage> minutes) throws Exception {
        return found(minutes, new CoverageGaps(Long.MAX_VALUE));
    }

    private static Arrivals<Finding> found(
            Arrivals<MinuteCoverage> minutes, KeyedProcessFunction<String, MinuteCoverage, Finding> finding)
            throws Exception {
        return minutes.through(
                () -> new KeyedProcessOperator<>(finding),
                coverage -> coverage.tally().sensorKey());
    }

    /** What an index would hold of each minute. */
    private static Map<Long, MinuteCoverage> newest(Arrivals<MinuteCoverage> minutes) {
        Map<Long, MinuteCoverage> newest = new HashMap<>();
        minutes.events().forEach(minute -> newest.put(minute.tally().minuteMillis(), minute));
        return newest;
    }

    /**
     * Three days of a sensor, two tallies a minute: losses from the fifth hour for a quarter of an hour, silence for four
     * hours of the second day, and no DNS on the third.
     */
    private static List<Tally> tallies() {
        List<Tally> tallies = new ArrayList<>();
        for (int minute = 0; minute < 3 * DAY; minute++) {
            if (minute < DAY + 600 || minute >= DAY + 840) {
                long lost = minute >= 300 && minute < 315 ? 50 : 0;
                tallies.add(tally(minute, 1, lost));
                tallies.add(tally(minute, 2, 0));
            }
        }
        return tallies;
    }

    private static Tally tally(int minute, long flows, long lost) {
        Delivery delivery = new Delivery(1_000, lost, 1, 0, 0, 0, 0, 0, 0);
        return new Tally(
                "zurich",
                "zurich",
                "netflow9",
                minute * MINUTE,
                flows,
                0,
                flows,
                minute > 2 * DAY ? 0 : 5,
                0,
                0,
                0,
                flows,
                0,
                0,
                0,
                0,
                Map.of(),
                delivery);
    }
}
