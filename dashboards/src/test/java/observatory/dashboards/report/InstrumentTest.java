package observatory.dashboards.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstrumentTest {
    @TempDir
    Path folder;

    @Test
    void instrumentsAreReadFromAList() throws IOException {
        Path file =
                write("[{\"recipient\":\"Yealink\",\"country\":\"CN\",\"instrument\":\"SCC\",\"reviewer\":\"J. P.\"}]");

        assertThat(Instrument.read(file)).containsExactly(new Instrument("Yealink", "CN", "SCC", "", "", "J. P."));
    }

    @Test
    void somethingElseIsRefusedInOneLineThatSaysWhatWasWanted() throws IOException {
        for (String wrong :
                new String[] {"{}", "[{\"recipient\":\"x\"}]", "[{\"country\":\"CN\",\"typo\":1}]", "nothing"}) {
            Path file = write(wrong);

            assertThatThrownBy(() -> Instrument.read(file))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("is no list of instruments (wanted: ")
                    .satisfies(failure -> assertThat(failure.getMessage()).doesNotContain("\n"));
        }
    }

    private Path write(String json) throws IOException {
        return Files.writeString(folder.resolve("instruments.json"), json);
    }
}
