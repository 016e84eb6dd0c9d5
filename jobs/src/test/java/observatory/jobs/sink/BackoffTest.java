package observatory.jobs.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackoffTest {

    private final Backoff backoff = new Backoff(Duration.ofMillis(250), Duration.ofSeconds(5));

    @Test
    void pausesDoubleUpToTheLongest() {
        assertThat(backoff.after(1, 1)).hasMillis(250);
        assertThat(backoff.after(2, 1)).hasMillis(500);
        assertThat(backoff.after(5, 1)).hasMillis(4000);
        assertThat(backoff.after(6, 1)).hasMillis(5000);
        assertThat(backoff.after(1_000_000, 1)).hasMillis(5000);
    }

    @Test
    void chanceTakesAwayUpToHalf() {
        assertThat(backoff.after(3, 0)).hasMillis(500);
        assertThat(backoff.after(3, 0.5)).hasMillis(750);
    }
}
