package observatory.dashboards.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

class FailureLineTest {
    @Test
    void aMissingPathIsWrongUsageAndNamed() {
        FailureLine line = FailureLine.of(new UncheckedIOException(new NoSuchFileException("logs/conn.log")));

        assertThat(line).isEqualTo(new FailureLine(2, "no such file or folder: logs/conn.log", true));
    }

    @Test
    void aFullDiskIsSaidAsSuch() {
        FailureLine line = FailureLine.of(new FileSystemException("out.ndjson", null, "No space left on device"));

        assertThat(line).isEqualTo(new FailureLine(1, "the disk is full: out.ndjson", true));
    }

    @Test
    void aCauseDeepInTheChainIsFound() {
        FailureLine line = FailureLine.of(
                new IllegalStateException("job failed", new RuntimeException(new ConnectException("refused"))));

        assertThat(line).isEqualTo(new FailureLine(1, "nothing answers there: refused", true));
    }

    @Test
    void anUnknownFailureIsOneLineToo() {
        FailureLine line = FailureLine.of(new IllegalStateException("first\n  second\r\nthird"));

        assertThat(line).isEqualTo(new FailureLine(1, "first; second; third", false));
    }

    @Test
    void causesInARingEnd() {
        Exception first = new IOException("first");
        Exception second = new IOException("second", first);
        first.initCause(second);

        assertThat(FailureLine.of(first).message()).isEqualTo("first");
    }
}
