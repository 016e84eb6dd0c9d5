package observatory.jobs.finding.nameless;

import static observatory.jobs.finding.Samples.DAY;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import observatory.jobs.finding.Samples;
import observatory.jobs.finding.nameless.NamelessVisit.Names;
import observatory.jobs.rollup.Rollup;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class NamingFeedTest {
    private static final long HOUR = 3_600_000;
    private static final long MINUTE = 60_000;

    @Test
    void aNameWouldHaveBeenSeenWhileNamesAreLogged() throws Exception {
        assertThat(names(asking("a", 0, 30 * HOUR), contact("a", 0, 26 * HOUR))).isEqualTo(Names.COMPLETE);
    }

    @Test
    void aDayOfCompleteLogsComesFirst() throws Exception {
        assertThat(names(asking("a", 0, 30 * HOUR), contact("a", 0, 20 * HOUR))).isEqualTo(Names.MISSING);
    }

    @Test
    void whileTheResolverIsOutAndADayAfterNamesAreMissing() throws Exception {
        List<NamingEvent> outage = asking("a", 0, 30 * HOUR);
        outage.addAll(asking("a", 32 * HOUR, 80 * HOUR));

        assertThat(names(outage, contact("a", 0, 31 * HOUR))).isEqualTo(Names.MISSING);
        assertThat(names(outage, contact("a", 0, 40 * HOUR))).isEqualTo(Names.MISSING);
        assertThat(names(outage, contact("a", 0, 60 * HOUR))).isEqualTo(Names.COMPLETE);
    }

    @Test
    void theFirstMinuteOfAnOutageIsPartOfIt() throws Exception {
        List<NamingEvent> outage = asking("a", 0, 30 * HOUR);
        outage.addAll(asking("a", 32 * HOUR, 80 * HOUR));

        assertThat(names(outage, contact("a", 0, 30 * HOUR - MINUTE))).isEqualTo(Names.MISSING);
        assertThat(names(outage, contact("a", 0, 30 * HOUR + MINUTE))).isEqualTo(Names.MISSING);
    }

    @Test
    void whatWasBeforeAnOutageIsCertain() throws Exception {
        List<NamingEvent> outage = asking("a", 0, 30 * HOUR);
        outage.addAll(asking("a", 30 * HOUR + 25 * MINUTE, 80 * HOUR));

        assertThat(names(outage, contact("a", 0, 30 * HOUR - 10 * MINUTE))).isEqualTo(Names.COMPLETE);
    }

    @Test
    void theBusierASiteTheShorterAnOutageThatIsSeen() throws Exception {
        List<NamingEvent> busy = asking("a", 0, 30 * HOUR);
        busy.addAll(asking("a", 30 * HOUR + 25 * MINUTE, 80 * HOUR));
        List<NamingEvent> quiet = new ArrayList<>();
        for (long time = 0; time < 80 * HOUR; time += 25 * MINUTE) {
            quiet.addAll(asking("a", time, time + 1));
        }
        assertThat(names(busy, contact("a", 0, 30 * HOUR + MINUTE))).isEqualTo(Names.MISSING);
        assertThat(names(quiet, contact("a", 0, 30 * HOUR + MINUTE))).isEqualTo(Names.COMPLETE);
    }

    @Test
    void whereDnsWasNeverLoggedNothingIsMissing() throws Exception {
        assertThat(names(List.of(), contact("a", 0, 26 * HOUR))).isEqualTo(Names.ELSEWHERE);
    }

    @Test
    void aPhoneThatAsksNobodyMayAskInSecret() throws Exception {
        assertThat(names(asking("b", 0, 30 * HOUR), contact("a", 0, 26 * HOUR))).isEqualTo(Names.ELSEWHERE);
    }

    @Test
    void aPhoneAtAnAddressOfTodayMayUseWhatItWasToldElsewhere() throws Exception {
        assertThat(names(asking("a", 0, 30 * HOUR), contact("a", 20 * HOUR, 26 * HOUR)))
                .isEqualTo(Names.ELSEWHERE);
    }

    @Test
    void phonesAreForgottenAfterADayAndTheSiteAfterAMonth() throws Exception {
        try (var harness = opened(0)) {
            take(harness, asking("a", 0, 30 * HOUR));
            take(harness, List.of(NamingEvent.contacted(contact("a", 0, 30 * HOUR))));
            harness.processWatermark(31 * HOUR);
            assertThat(harness.numKeyedStateEntries()).isEqualTo(3);
            harness.processWatermark(4 * DAY);
            assertThat(harness.numKeyedStateEntries()).isEqualTo(2);
            harness.processWatermark(33 * DAY);
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
                    .hasSize(40);
        }
    }

    private static Names names(List<NamingEvent> asked, Rollup contact) throws Exception {
        try (var harness = opened(0)) {
            take(harness, asked);
            take(harness, List.of(NamingEvent.contacted(contact)));
            harness.processWatermark(5 * DAY);
            return harness.extractOutputValues().getFirst().names();
        }
    }

    private static void take(
            KeyedOneInputStreamOperatorTestHarness<String, NamingEvent, NamelessVisit> harness,
            List<NamingEvent> events)
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

    private static KeyedOneInputStreamOperatorTestHarness<String, NamingEvent, NamelessVisit> opened(long lateness)
            throws Exception {
        var harness = harness(lateness);
        harness.open();
        return harness;
    }

    private static KeyedOneInputStreamOperatorTestHarness<String, NamingEvent, NamelessVisit> harness(long lateness)
            throws Exception {
        return new KeyedOneInputStreamOperatorTestHarness<>(
                new KeyedProcessOperator<>(new NamingFeed(lateness)), NamingEvent::site, Types.STRING);
    }
}
