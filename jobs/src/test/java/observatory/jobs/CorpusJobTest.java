package observatory.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import observatory.ingest.archive.Archive;
import observatory.ingest.archive.ArchiveFile;
import observatory.ingest.archive.ArchiveSettings;
import observatory.ingest.archive.Survey;
import observatory.ingest.decode.Corpus;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every Zeek and Suricata case of the corpus through the whole graph. */
class CorpusJobTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest
    @ValueSource(strings = {"rita-proxy", "rita-proxy-rolling", "slips-test10", "slips-test9", "zat-json", "zat-tsv"})
    void zeekTotalsEqualThoseOfTheCorpus(String name) throws Exception {
        Path folder = Corpus.of("zeek/" + name);
        JsonNode expected =
                JSON.readTree(folder.resolve("expected.json").toFile()).get("records_total");

        JobRun run = JobRun.of(logs(folder), 2);

        assertThat(run.summary().count("observations", "flow"))
                .isEqualTo(expected.path("conn").asLong());
        assertThat(run.summary().count("observations", "dns"))
                .isEqualTo(expected.path("dns").asLong());
        assertThat(run.summary().count("bytes", "out") + run.summary().count("bytes", "in"))
                .isEqualTo(expected.path("conn.orig_ip_bytes").asLong()
                        + expected.path("conn.resp_ip_bytes").asLong());
        assertThat(run.summary().count("packets", "out") + run.summary().count("packets", "in"))
                .isEqualTo(expected.path("conn.orig_pkts").asLong()
                        + expected.path("conn.resp_pkts").asLong());
        assertThat(run.summary().isBalanced()).isTrue();
        assertThat(run.documents().keySet().stream().filter(key -> key.startsWith("observatory-flows-")))
                .hasSize((int) run.summary().count("flows", "stored"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"malware-c2-small", "mobile-and-camera", "ndpi-bulk", "suricata8-iphone", "uc-and-phones"})
    void suricataTotalsEqualThoseOfTheCorpus(String name) throws Exception {
        Path folder = Corpus.of("suricata/" + name);
        JsonNode expected = JSON.readTree(folder.resolve("expected.json").toFile());

        JobRun run = JobRun.of(logs(folder), 2);

        JsonNode events = expected.get("by_event_type");
        JsonNode totals = expected.get("flow_totals");
        assertThat(run.summary().count("read", "records"))
                .isEqualTo(expected.get("lines").asLong());
        assertThat(run.summary().count("observations", "flow"))
                .isEqualTo(events.path("flow").asLong());
        assertThat(run.summary().count("observations", "dns"))
                .isEqualTo(events.path("dns").asLong());
        assertThat(run.summary().count("bytes", "out") + run.summary().count("bytes", "in"))
                .isEqualTo(totals.path("bytes_toserver").asLong()
                        + totals.path("bytes_toclient").asLong());
        assertThat(run.summary().count("packets", "out") + run.summary().count("packets", "in"))
                .isEqualTo(totals.path("pkts_toserver").asLong()
                        + totals.path("pkts_toclient").asLong());
        assertThat(run.summary().isBalanced()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"zeek/rita-proxy-rolling", "zeek/slips-test9", "suricata/ndpi-bulk"})
    void neitherOrderNorParallelismChangesADocument(String name) throws Exception {
        List<ArchiveFile> files =
                new ArrayList<>(Archive.of(List.of(Corpus.of(name)), new ArchiveSettings(null, null, null))
                        .files());
        JobRun first = JobRun.of(Survey.of(files, 1), 1);
        Collections.shuffle(files, new Random(7));

        JobRun second = JobRun.of(Survey.of(files, 1), 2);

        assertThat(second.differences(first)).isEmpty();
        assertThat(second.summary()).isEqualTo(first.summary());
    }

    private static List<Path> logs(Path folder) throws Exception {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(path -> !path.endsWith("expected.json"))
                    .sorted()
                    .toList();
        }
    }
}
