package observatory.jobs.finding.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import observatory.jobs.finding.Finding;
import org.junit.jupiter.api.Test;

class LanProbeTest {
    @Test
    void aHandfulOfPeersIsNoProbe() {
        LanProbe state = LanProbe.QUIET;
        for (int i = 0; i < 200; i++) {
            state = state.after(Visits.internal("10.0.0." + (i % 8), 443, i * 1_000L));
        }
        assertThat(state.probe()).isNull();
    }

    @Test
    void manyHostsWithinMinutesAreOneProbeThatGrows() {
        LanProbe state = LanProbe.QUIET;
        for (int i = 0; i < 60; i++) {
            state = state.after(Visits.internal("10.0.0." + i, 22, i * 1_000L));
        }
        assertThat(found(state).firstMillis()).isZero();
        assertThat(found(state).count()).isEqualTo(60);
        assertThat(found(state).facts())
                .containsExactly("60 internal hosts and 60 host and port pairs within 10 minutes.");
    }

    @Test
    void whoProbesTheSameHostsAgainIsToldInStatesThatCountOn() {
        LanProbe state = LanProbe.QUIET;
        List<Finding> told = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            state = state.after(Visits.internal("10.0.0." + i % 20, 22, i * 1_000L));
            Finding probe = state.probe();
            if (probe != null && !told.contains(probe)) {
                told.add(probe);
            }
        }
        assertThat(told).extracting(Finding::count).isSorted().doesNotHaveDuplicates();
        assertThat(told.getLast().lastMillis()).isEqualTo(59_010);
        assertThat(told.getLast().facts())
                .containsExactly("20 internal hosts and 20 host and port pairs within 10 minutes.");
    }

    @Test
    void manyPortsOfOneHostAreAProbe() {
        LanProbe state = LanProbe.QUIET;
        for (int port = 1; port <= LanProbe.SERVICES; port++) {
            state = state.after(Visits.internal("10.0.0.1", port, port));
        }
        assertThat(state.probe()).isNotNull();
    }

    @Test
    void manyPeersOverADayAreNoProbe() {
        LanProbe state = LanProbe.QUIET;
        for (int i = 0; i < 100; i++) {
            state = state.after(Visits.internal("10.0.0." + i, 443, i * 864_000L));
        }
        assertThat(state.probe()).isNull();
    }

    @Test
    void aProbeOnAnotherDayIsAnotherFinding() {
        LanProbe first = LanProbe.QUIET;
        for (int i = 0; i < 30; i++) {
            first = first.after(Visits.internal("10.0.0." + i, 22, i));
        }
        LanProbe second = first;
        for (int i = 0; i < 30; i++) {
            second = second.after(Visits.internal("10.0.0." + i, 22, 86_400_000L + i));
        }
        assertThat(found(second).cause()).isNotEqualTo(found(first).cause());
    }

    @Test
    void aScanOfEverythingDoesNotFillTheState() {
        LanProbe state = LanProbe.QUIET;
        for (int i = 0; i < 5_000; i++) {
            state = state.after(Visits.internal("10.0." + i / 250 + "." + i % 250, 22, i));
        }
        assertThat(state.peers()).hasSizeLessThanOrEqualTo(LanProbe.PEER_LIMIT);
    }

    @Test
    void callsBetweenPhonesAreNoProbe() {
        Visit call = Visits.udp("10.0.0.1", 12_000, 160_000, 158_000);
        assertThat(LanProbe.counts(call)).isFalse();
        assertThat(LanProbe.counts(Visits.udp("10.0.0.1", 12_000, 160, 0))).isTrue();
    }

    @Test
    void aProbeIsOverWhenNothingCameForAnHour() {
        LanProbe state = LanProbe.QUIET;
        for (int i = 0; i < 30; i++) {
            state = state.after(Visits.internal("10.0.0." + i, 22, i));
        }
        assertThat(state.isOver(LanProbe.PAUSE_MILLIS)).isFalse();
        assertThat(state.isOver(LanProbe.PAUSE_MILLIS + 1_000)).isTrue();
    }

    private static Finding found(LanProbe state) {
        return Objects.requireNonNull(state.probe());
    }
}
