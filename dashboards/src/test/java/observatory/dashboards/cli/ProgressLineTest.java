package observatory.dashboards.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import observatory.dashboards.cli.ProgressLine.Progress;
import org.junit.jupiter.api.Test;

class ProgressLineTest {
    private final StringWriter written = new StringWriter();

    @Test
    void aTerminalSeesOneLineDrawnOver() {
        ProgressLine line = new ProgressLine(new PrintWriter(written), true);

        line.show(new Progress("reading", 5_000_000, 10_000_000, Duration.ofSeconds(2)));

        assertThat(written).hasToString("\r[============            ] reading  50 %, 5.0 of 10.0 MB, 2.5 MB/s");
    }

    @Test
    void aLogSeesALineEachTenPercent() {
        ProgressLine line = new ProgressLine(new PrintWriter(written), false);

        for (int percent = 0; percent <= 100; percent++) {
            line.show(new Progress("reading", percent, 100, Duration.ofSeconds(1)));
        }

        assertThat(written.toString().lines()).hasSize(11).allMatch(text -> !text.contains("\r"));
    }

    @Test
    void anEmptyInputIsNotDividedByZero() {
        assertThat(new Progress("reading", 0, 0, Duration.ZERO).words()).startsWith("reading   0 %");
    }
}
