package observatory.jobs.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RhythmTest {
    @Test
    void aBusySensorIsSilentAfterHalfAnHour() {
        assertThat(every(1, 60).thresholdMillis()).isEqualTo(Rhythm.FLOOR_MILLIS);
    }

    @Test
    void aSensorThatSpeaksEveryHalfHourIsNotSilentAfterOne() {
        assertThat(every(30, 60).thresholdMillis()).isGreaterThan(2 * 60 * Tally.MINUTE_MILLIS);
    }

    @Test
    void oneOutageDoesNotMakeTheNextOneUsual() {
        Rhythm busy = every(1, 60);
        Rhythm after = busy;
        long now = 60 * Tally.MINUTE_MILLIS;
        after = after.after(now, now + 180 * Tally.MINUTE_MILLIS);
        for (int i = 180; i < 220; i++) {
            after = after.after(now + i * Tally.MINUTE_MILLIS, now + (i + 1) * Tally.MINUTE_MILLIS);
        }
        assertThat(after.thresholdMillis()).isEqualTo(Rhythm.FLOOR_MILLIS);
    }

    @Test
    void quietNightsAreRhythmOnceTheyAreKnown() {
        Rhythm rhythm = Rhythm.UNKNOWN;
        long now = 0;
        for (int night = 0; night < 3; night++) {
            for (int i = 0; i < 100; i++, now += Tally.MINUTE_MILLIS) {
                rhythm = rhythm.after(now, now + Tally.MINUTE_MILLIS);
            }
            rhythm = rhythm.after(now, now + 29 * Tally.MINUTE_MILLIS);
            now += 29 * Tally.MINUTE_MILLIS;
        }
        assertThat(rhythm.thresholdMillis()).isEqualTo(58 * Tally.MINUTE_MILLIS);
    }

    private static Rhythm every(int minutes, int times) {
        Rhythm rhythm = Rhythm.UNKNOWN;
        for (int i = 0; i < times; i++) {
            rhythm = rhythm.after(i * minutes * Tally.MINUTE_MILLIS, (i + 1) * minutes * Tally.MINUTE_MILLIS);
        }
        return rhythm;
    }
}
