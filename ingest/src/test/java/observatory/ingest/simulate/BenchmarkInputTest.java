package observatory.ingest.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import observatory.ingest.observation.DnsObservation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchmarkInputTest {
    private static final BenchmarkSettings SMALL = BenchmarkSettings.standard().withFlows(20_000);

    @TempDir
    Path folder;

    @Test
    void everyLineDecodesAndIsAboutFourHundredBytes() throws IOException {
        BenchmarkInput.write(SMALL, folder);
        Readout read = Readout.of(folder);
        assertThat(read.rejections()).isEmpty();
        assertThat(read.flows()).hasSize(20_000).allMatch(flow -> flow.sensor().equals("sim-benchmark"));
        assertThat(Files.size(folder.resolve("sim-benchmark/conn.log")) / 20_000)
                .isBetween(350L, 450L);
    }

    @Test
    void sameSettingsGiveTheSameBytes() throws IOException {
        BenchmarkInput.write(SMALL.withNames(true), folder.resolve("one"));
        BenchmarkInput.write(SMALL.withNames(true), folder.resolve("two"));
        for (String file : new String[] {"sim-benchmark/conn.log", "sim-benchmark/dns.log", "truth.json"}) {
            assertThat(Files.mismatch(
                            folder.resolve("one").resolve(file),
                            folder.resolve("two").resolve(file)))
                    .isEqualTo(-1);
        }
    }

    @Test
    void popularityFallsOffWithRank() throws IOException {
        BenchmarkInput.write(SMALL, folder);
        Map<String, Long> visits = Readout.of(folder).flows().stream()
                .collect(Collectors.groupingBy(flow -> flow.destination().toString(), Collectors.counting()));
        assertThat(visits.get("3.120.128.1")).isBetween(1_700L, 2_100L);
        assertThat(visits).hasSizeGreaterThan(5_000);
    }

    @Test
    void namesAreKnownBeforeTheFlowsThatUseThem() throws IOException {
        long lines = BenchmarkInput.write(SMALL.withNames(true), folder);
        Readout read = Readout.of(folder);
        assertThat(lines).isEqualTo(20_000 + read.dns().size());
        Map<String, Long> given = read.dns().stream()
                .collect(Collectors.toMap(
                        question -> question.client() + " "
                                + question.answers().getFirst().data(),
                        DnsObservation::timeNanos));
        assertThat(read.flows())
                .allMatch(flow -> given.getOrDefault(flow.source() + " " + flow.destination(), Long.MAX_VALUE)
                        < flow.startNanos());
    }
}
