package observatory.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import observatory.ingest.decode.Decoded;
import observatory.ingest.decode.Decoding;
import observatory.ingest.decode.Rejection;
import observatory.ingest.observation.Observation;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every file below {@code src/test/resources/samples/<format>/<case>} gives what stands beside it in
 * {@code <file>.expected.json}: its observations and rejections, one a line. After a change on purpose,
 * {@code -Dobservatory.samples.rewrite=true} writes what is given now; read the difference before committing it.
 */
class SampleTest {
    private static final boolean REWRITE = Boolean.getBoolean("observatory.samples.rewrite");

    @TestFactory
    Stream<DynamicTest> everySampleGivesWhatIsExpected() {
        return Samples.files().stream().map(file -> DynamicTest.dynamicTest(Samples.name(file), () -> check(file)));
    }

    private static void check(Path file) throws IOException {
        String given = given(file);
        Path expected = file.resolveSibling(file.getFileName() + ".expected.json");
        if (REWRITE) {
            Files.writeString(expected, given);
        }
        assertThat(given).isEqualTo(Files.readString(expected));
    }

    private static String given(Path file) throws IOException {
        Decoded decoded = Decoding.file(file);
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        try (ObservationJson json = new ObservationJson(lines)) {
            for (Observation observation : decoded.observations()) {
                json.write(observation);
            }
            for (Rejection rejection : decoded.rejections()) {
                json.write(withFileName(rejection));
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return lines.toString(StandardCharsets.UTF_8);
    }

    /** The path differs from machine to machine. */
    private static Rejection withFileName(Rejection rejection) {
        return new Rejection(
                rejection.sensor(),
                Path.of(rejection.source()).getFileName().toString(),
                rejection.line(),
                rejection.offset(),
                rejection.reason(),
                rejection.detail(),
                rejection.sample());
    }
}
