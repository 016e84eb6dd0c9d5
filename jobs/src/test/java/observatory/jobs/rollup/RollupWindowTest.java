package observatory.jobs.rollup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import observatory.jobs.finding.Samples;
import observatory.jobs.order.Arrivals;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.junit.jupiter.api.Test;

class RollupWindowTest {
    private static final long WINDOW = Rollup.WINDOW_MILLIS;
    private static final long BOUND = 2 * WINDOW;
    private static final int PARTS = 300;

    @Test
    void aWindowIsHandedOnOnceWhenItIsOver() throws Exception {
        List<Rollup> parts = List.of(part("a", 10), part("a", 20), part("b", 30));

        assertThat(summed(inOrder(parts).until(WINDOW - 2), 0).events()).isEmpty();
        assertThat(summed(inOrder(parts).until(WINDOW - 1), 0).events())
                .containsExactlyInAnyOrder(part("a", 10).plus(part("a", 20)), part("b", 30));
        assertThat(summed(inOrder(parts).until(10 * WINDOW), BOUND).events()).hasSize(2);
    }

    @Test
    void aPartThatComesLaterHandsTheWholeSumOnAgain() throws Exception {
        Arrivals<Rollup> parts =
                Arrivals.inOneGo(List.of(part("a", 10))).until(WINDOW).then(part("a", 20));

        assertThat(summed(parts, BOUND).events())
                .containsExactly(part("a", 10), part("a", 10).plus(part("a", 20)));
    }

    @Test
    void aPartThatComesLateRightAfterARestartIsNotLost() throws Exception {
        Arrivals<Rollup> parts = Arrivals.inOneGo(List.of(part("a", 10)))
                .until(WINDOW)
                .then(part("a", 20))
                .until(WINDOW + 1)
                .restarting(1);

        assertThat(summed(parts, BOUND).events())
                .containsExactly(part("a", 10), part("a", 10).plus(part("a", 20)));
    }

    @Test
    void aWindowThatIsHeardOfLongAfterItWasOverIsAddedUpToo() throws Exception {
        Arrivals<Rollup> parts = Arrivals.inOneGo(List.<Rollup>of())
                .until(9 * WINDOW)
                .then(part("a", 10))
                .until(9 * WINDOW + BOUND / 2)
                .then(part("a", 20))
                .until(9 * WINDOW + BOUND);

        assertThat(summed(parts, BOUND).events())
                .containsExactly(part("a", 10), part("a", 10).plus(part("a", 20)));
        assertThat(summed(parts, BOUND).left()).isZero();
    }

    @Test
    void theStateEmptiesWhenNothingCanBeCorrectedAnyMore() throws Exception {
        Arrivals<Rollup> parts = inOrder(List.of(part("a", 10), part("b", 20)));

        assertThat(summed(parts.until(WINDOW + BOUND - 2), BOUND).left()).isPositive();
        assertThat(summed(parts.until(WINDOW + BOUND - 1), BOUND).left()).isZero();
        assertThat(summed(parts.until(WINDOW - 1), 0).left()).isZero();
    }

    @Test
    void whatComesWithinTheBoundIsInTheOneSumOfItsWindow() throws Exception {
        List<Rollup> parts = parts();
        List<Rollup> expected = summed(inOrder(parts).until(Long.MAX_VALUE), 0).events();
        for (int seed = 0; seed < 6; seed++) {
            Arrivals<Rollup> delayed = Arrivals.delayed(parts, Rollup::lastEndMillis, BOUND, seed)
                    .until(Long.MAX_VALUE)
                    .restarting(seed % 3);

            assertThat(summed(delayed, 0).events()).containsExactlyInAnyOrderElementsOf(expected);
            assertThat(summed(delayed, BOUND).events()).containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    @Test
    void howeverLateThePartsTheLastSumIsTheSame() throws Exception {
        List<Rollup> parts = parts();
        Map<String, Rollup> expected =
                newest(summed(inOrder(parts).until(Long.MAX_VALUE), 0).events());
        for (int seed = 0; seed < 6; seed++) {
            Arrivals<Rollup> late = Arrivals.late(parts, Rollup::lastEndMillis, BOUND, seed)
                    .until(Long.MAX_VALUE)
                    .restarting(seed % 3);
            Arrivals<Rollup> summed = summed(late, BOUND);

            assertThat(summed.events()).hasSizeGreaterThan(expected.size());
            assertThat(newest(summed.events())).isEqualTo(expected);
            assertThat(summed.left()).isZero();
        }
    }

    /** What an index would hold: of each document the version that counts most. */
    private static Map<String, Rollup> newest(List<Rollup> told) {
        Map<String, Rollup> newest = new HashMap<>();
        for (Rollup rollup : told) {
            Rollup before = newest.put(rollup.key(), rollup);
            assertThat(before == null ? 0 : before.flows()).isLessThanOrEqualTo(rollup.flows());
        }
        return newest;
    }

    private static Arrivals<Rollup> summed(Arrivals<Rollup> parts, long latenessMillis) throws Exception {
        return parts.through(() -> window(latenessMillis), Rollup::key);
    }

    private static Arrivals<Rollup> inOrder(List<Rollup> parts) {
        return Arrivals.inOrder(parts, Rollup::lastEndMillis);
    }

    private static KeyedProcessOperator<String, Rollup, Rollup> window(long latenessMillis) {
        return new KeyedProcessOperator<>(new RollupWindow(latenessMillis));
    }

    private static List<Rollup> parts() {
        Random random = new Random(7);
        List<Rollup> parts = new ArrayList<>();
        for (int i = 0; i < PARTS; i++) {
            parts.add(part("phone" + random.nextInt(3), random.nextLong(8 * WINDOW)));
        }
        return parts;
    }

    /** One flow that ended then; what is known of the device changes from flow to flow. */
    private static Rollup part(String phone, long endMillis) {
        long window = Rollup.windowOf(endMillis);
        return new Rollup(
                phone + "|" + window,
                window,
                Samples.device(phone, endMillis % 5),
                Samples.destination("x.com"),
                endMillis - 1_000,
                endMillis,
                1,
                500 + endMillis % 7,
                900,
                5,
                6,
                endMillis % 2,
                500,
                900,
                Naming.NOTHING,
                0);
    }
}
