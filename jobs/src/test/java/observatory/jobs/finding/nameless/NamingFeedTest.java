package observatory.jobs.finding.nameless;

import static observatory.jobs.finding.Samples.DAY;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import observatory.jobs.finding.Samples;
import observatory.jobs.rollup.Rollup;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class NamingFeedTest {
    private static final long HOUR = 3_600_000;

    @Test
    void contactWithoutANamePassesWhileNamesAreLogged() throws Exception {
        assertThat(passed(asking("a", 0, 30 * HOUR), contact("a", 0, 26 * HOUR)))
                .hasSize(1);
    }

    @Test
    void aDayOfCompleteLogsComesFirst() throws Exception {
        assertThat(passed(asking("a", 0, 30 * HOUR), contact("a", 0, 20 * HOUR)))
                .isEmpty();
    }

    @Test
    void whileTheResolverIsOutAndADayAfterNothingPasses() throws Exception {
        List<NamingEvent> outage = asking("a", 0, 30 * HOUR);
        outage.addAll(asking("a", 32 * HOUR, 80 * HOUR));

        assertThat(passed(outage, contact("a", 0, 31 * HOUR))).isEmpty();
        assertThat(passed(outage, contact("a", 0, 40 * HOUR))).isEmpty();
        assertThat(passed(outage, contact("a", 0, 60 * HOUR))).hasSize(1);
    }

    @Test
    void aPhoneThatAsksNobodyOrAsksInSecretIsNotJudged() throws Exception {
        assertThat(passed(asking("b", 0, 30 * HOUR), contact("a", 0, 26 * HOUR)))
                .isEmpty();
    }

    @Test
    void aPhoneAtAnAddressOfTodayMayUseWhatItWasToldElsewhere() throws Exception {
        assertThat(passed(asking("a", 0, 30 * HOUR), contact("a", 20 * HOUR, 26 * HOUR)))
                .isEmpty();
    }

    @Test
    void stateEmptiesADayAfterTheLastQuestion() throws Exception {
        try (var harness = opened(0)) {
            for (NamingEvent event : asking("a", 0, 30 * HOUR)) {
                harness.processElement(new StreamRecord<>(event));
            }
            harness.processWatermark(31 * HOUR);
            assertThat(harness.numKeyedStateEntries()).isPositive();
            harness.processWatermark(4 * DAY);
            assertThat(harness.numKeyedStateEntries()).isZero();
            assertThat(harness.numEventTimeTimers()).isZero();
        }
    }

    @Test
    void shuffledInputAndARestartGiveTheSame() throws Exception {
        List<NamingEvent> events = asking("a", 0, 40 * HOUR);
        for (int i = 0; i < 40; i++) {
            events.add(NamingEvent.contacted(contact("a", 0, i * HOUR)));
        }
        List<NamingEvent> shuffled = new ArrayList<>(events);
        shuffled.addAll(events);
        Collections.shuffle(shuffled, new Random(3));
        try (var straight = opened(2 * DAY);
                var first = opened(2 * DAY);
                var second = harness(2 * DAY)) {
            take(straight, events);
            straight.processWatermark(5 * DAY);
            take(first, shuffled);
            second.setup();
            second.initializeState(first.snapshot(1, 1));
            second.open();
            second.processWatermark(5 * DAY);

            assertThat(second.extractOutputValues())
                    .isEqualTo(straight.extractOutputValues())
                    .hasSize(15);
        }
    }

    private static List<Rollup> passed(List<NamingEvent> asked, Rollup contact) throws Exception {
        try (var harness = opened(0)) {
            take(harness, asked);
            take(harness, List.of(NamingEvent.contacted(contact)));
            harness.processWatermark(5 * DAY);
            return harness.extractOutputValues();
        }
    }

    private static void take(
            KeyedOneInputStreamOperatorTestHarness<String, NamingEvent, Rollup> harness, List<NamingEvent> events)
            throws Exception {
        for (NamingEvent event : events) {
            harness.processElement(new StreamRecord<>(event));
        }
    }

    private static List<NamingEvent> asking(String device, long from, long to) {
        List<NamingEvent> asked = new ArrayList<>();
        for (long time = from; time < to; time += Rollup.WINDOW_MILLIS) {
            asked.add(new NamingEvent("zurich", device, time + Rollup.WINDOW_MILLIS - 1, null));
        }
        return asked;
    }

    private static Rollup contact(String device, long sinceMillis, long millis) {
        return Samples.rollup(Samples.device(device, sinceMillis), "AS64500 203.0.113.0/24", millis);
    }

    private static KeyedOneInputStreamOperatorTestHarness<String, NamingEvent, Rollup> opened(long lateness)
            throws Exception {
        var harness = harness(lateness);
        harness.open();
        return harness;
    }

    private static KeyedOneInputStreamOperatorTestHarness<String, NamingEvent, Rollup> harness(long lateness)
            throws Exception {
        return new KeyedOneInputStreamOperatorTestHarness<>(
                new KeyedProcessOperator<>(new NamingFeed(lateness)), NamingEvent::site, Types.STRING);
    }
}
