package observatory.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import observatory.ingest.decode.Corpus;
import observatory.jobs.summary.Summary;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every NetFlow, IPFIX and sFlow case of the corpus through the whole graph. */
class DatagramJobTest {
    @TestFactory
    Stream<DynamicTest> totalsEqualThoseOfTheCorpus() {
        return Stream.of("netflow", "sflow")
                .flatMap(family -> Corpus.cases(family).stream())
                .map(folder -> DynamicTest.dynamicTest(folder.getFileName().toString(), () -> check(folder)));
    }

    private static void check(Path folder) throws Exception {
        JsonNode expected = Corpus.expected(folder);
        JsonNode totals = expected.get("totals");

        JobRun run = run(2, folder.resolve("all.pcap"));

        Summary summary = run.summary();
        boolean isSflow = totals.has("ip_bytes_sampled");
        long records = expected.get("data_records").asLong();
        assertThat(summary.count("observations", "flow")).isEqualTo(records);
        // Two exporters of one capture tell the same connection: it counts once.
        long twice = folder.endsWith("graylog-nprobe-netflow9") ? 1 : 0;
        assertThat(summary.count("flows", "duplicate")).isEqualTo(twice);
        if (twice == 0) {
            assertThat(summary.count("bytes", "out") + summary.count("bytes", "in"))
                    .isEqualTo(
                            totals.get(isSflow ? "ip_bytes_sampled" : "octets").asLong()
                                    + reverse(expected, "rev_octets_total", "rev_octets"));
            assertThat(summary.count("packets", "out") + summary.count("packets", "in"))
                    .isEqualTo(
                            isSflow
                                    ? records
                                    : totals.get("packets").asLong()
                                            + reverse(expected, "rev_packets_total", "rev_packets"));
        }
        assertThat(summary.count("rejected", "no-template"))
                .isEqualTo(expected.get("data_sets_without_template").asLong());
        assertThat(summary.isBalanced()).isTrue();
        assertThat(run.documents().keySet())
                .filteredOn(key -> key.startsWith("observatory-flows-"))
                .hasSize((int) (records - twice - summary.count("flows", "paired")));
    }

    /** The totals of the expectations leave out what a biflow says of its way back; its records do not. */
    private static long reverse(JsonNode expected, String... fields) {
        long sum = 0;
        for (JsonNode record : expected.path("full_records")) {
            for (String field : fields) {
                sum += record.path(field).asLong();
            }
        }
        return sum;
    }

    @Test
    void bothDirectionsOfAConnectionAreOneFlow() throws Exception {
        JobRun run = run(2, Corpus.of("netflow/chain-softflowd-v9-iphone").resolve("all.pcap"));

        assertThat(run.summary().count("flows", "paired")).isPositive();
        assertThat(run.documents().values())
                .anyMatch(json -> json.contains("observatory.flow\"") && hasBothDirections(json));
    }

    private static boolean hasBothDirections(String json) {
        return !json.contains("\"source.bytes\":0,") && !json.contains("\"destination.bytes\":0,");
    }

    @Test
    void parallelismDoesNotChangeADocument() throws Exception {
        Path capture = Corpus.of("netflow/logstash-netflow-9-multiple-netflow-exporters")
                .resolve("all.pcap");

        assertThat(run(1, capture).differences(run(2, capture))).isEmpty();
    }

    private static JobRun run(int parallelism, Path path) throws Exception {
        return JobRun.of(List.of(path), parallelism);
    }
}
