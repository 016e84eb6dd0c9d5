package observatory.jobs.summary;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import observatory.jobs.order.Arrivals;
import observatory.jobs.rollup.Volume;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.junit.jupiter.api.Test;

class NamingLossTest {
    private static final long DAY = NamingDay.DAY_MILLIS;
    private static final int PARTS = 20;
    private static final ToLongFunction<NamingDay> TIME =
            day -> day.dayMillis() + day.all().bytes();

    @Test
    void aDayWithHiddenQuestionsCountsWithAllItsFlows() throws Exception {
        List<Totals> told =
                told(Arrivals.inOrder(parts(1), TIME).until(2 * DAY)).events();

        assertThat(told).hasSize(2);
        assertThat(told.getFirst().counters())
                .containsEntry("names\thidden_dns\tdevice_days", 1L)
                .containsEntry("names\thidden_dns\tall\tflows", (long) PARTS)
                .containsEntry("names\thidden_dns\tquestions\tflows", (long) PARTS);
        assertThat(told(Arrivals.inOrder(parts(0), TIME).until(2 * DAY)).events())
                .isEmpty();
    }

    @Test
    void whateverTheOrderOfArrivalAndHoweverOftenItRestartsItIsTheSame() throws Exception {
        List<Totals> expected =
                told(Arrivals.inOrder(parts(1), TIME).until(3 * DAY)).events();
        for (int seed = 0; seed < 3; seed++) {
            Arrivals<Totals> live = told(Arrivals.delayed(parts(1), TIME, DAY / 4, seed)
                    .until(3 * DAY)
                    .restarting(seed));

            assertThat(live.events()).isEqualTo(expected);
            assertThat(live.left()).isZero();
        }
    }

    @Test
    void theStateEmptiesWhenTheDayIsOver() throws Exception {
        Arrivals<NamingDay> parts = Arrivals.inOneGo(parts(1));

        assertThat(told(parts.until(DAY - 2)).left()).isEqualTo(4);
        assertThat(told(parts.until(2 * DAY)).left()).isZero();
    }

    private static Arrivals<Totals> told(Arrivals<NamingDay> parts) throws Exception {
        return parts.through(() -> new KeyedProcessOperator<>(new NamingLoss()), NamingDay::key);
    }

    /** Two days of one phone; the bytes of a part say when it was. */
    private static List<NamingDay> parts(int hidden) {
        List<NamingDay> parts = new ArrayList<>();
        for (int day = 0; day < 2; day++) {
            for (int i = 0; i < PARTS; i++) {
                parts.add(new NamingDay(
                        "phone|" + day,
                        day * DAY,
                        new Volume(1, i * DAY / PARTS),
                        Volume.ZERO,
                        new Volume(hidden, 100L * hidden)));
            }
        }
        return parts;
    }
}
