package observatory.ingest.netflow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import observatory.ingest.archive.ArchiveFile;
import observatory.ingest.archive.ArchiveSettings;
import observatory.ingest.archive.BlockReader;
import observatory.ingest.decode.Corpus;
import observatory.ingest.decode.Decoded;
import observatory.ingest.decode.Decoding;
import observatory.ingest.decode.RawMessage;
import observatory.ingest.decode.Rejection.Reason;
import observatory.ingest.observation.FlowObservation;
import observatory.ingest.observation.Observation;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every NetFlow, IPFIX and sFlow case of the corpus, read from its capture: the number of records, the totals, and each
 * flow's ends, protocol, counters and times are what was established independently.
 *
 * <p>Times are compared modulo 2^32 milliseconds, because the expectations add uptimes up without regard to their turning
 * over. Ports of ICMP are not compared: we give type and code, the expectations what stood in the port fields.
 */
class DatagramCorpusTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long TURN = 1L << 32;

    @TestFactory
    Stream<DynamicTest> everyCaseGivesItsFlows() {
        return Stream.of("netflow", "sflow")
                .flatMap(family -> Corpus.cases(family).stream())
                .map(folder -> DynamicTest.dynamicTest(folder.getFileName().toString(), () -> check(folder)));
    }

    @TestFactory
    Stream<DynamicTest> singleDatagramsGiveTheSameAsTheirCapture() {
        return Stream.of("netflow", "sflow")
                .flatMap(family -> Corpus.cases(family).stream())
                .filter(folder -> !datagrams(folder).isEmpty() && exporters(folder) == 1)
                .map(folder -> DynamicTest.dynamicTest(folder.getFileName().toString(), () -> checkSingle(folder)));
    }

    @TestFactory
    Stream<DynamicTest> everyDatagramMayBreakOffAtAnyByte() {
        return Stream.of("netflow", "sflow")
                .flatMap(family -> Corpus.cases(family).stream())
                .map(folder -> DynamicTest.dynamicTest(folder.getFileName().toString(), () -> checkCut(folder)));
    }

    private static void checkSingle(Path folder) {
        DatagramDecoder decoder = new DatagramDecoder(SessionSettings.ARCHIVE);
        List<Observation> flows = new ArrayList<>();
        for (Path datagram : datagrams(folder)) {
            for (RawMessage message : messages(datagram)) {
                decoder.decode(message).observations().stream()
                        .filter(FlowObservation.class::isInstance)
                        .forEach(flows::add);
            }
        }
        assertThat(flows).hasSize(Corpus.expected(folder).get("data_records").asInt());
    }

    /** Every whole datagram teaches the session that then gets all its beginnings. */
    private static void checkCut(Path folder) {
        ExporterSession session = new ExporterSession();
        long flows = 0;
        for (RawMessage message : messages(folder.resolve("all.pcap"))) {
            flows += session.decode(message).observations().size();
            byte[] whole = message.payload();
            for (int length = 0; length < whole.length; length++) {
                Decoded cut = session.decode(DatagramBuilder.message(Arrays.copyOf(whole, length)));
                assertThat(cut.observations().size()).isLessThan(2_000);
            }
        }
        assertThat(flows)
                .isGreaterThanOrEqualTo(
                        Corpus.expected(folder).get("data_records").asInt());
    }

    private static List<RawMessage> messages(Path file) {
        List<RawMessage> messages = new ArrayList<>();
        try (BlockReader reader = ArchiveFile.open(file, ArchiveSettings.NONE).blocks()) {
            for (RawMessage message = reader.next(); message != null; message = reader.next()) {
                messages.add(message);
            }
        }
        return messages;
    }

    private static List<Path> datagrams(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file ->
                            file.toString().endsWith(".bin") || file.toString().endsWith(".dat"))
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static long exporters(Path folder) {
        return Corpus.expected(folder).get("packet_detail").findValuesAsText("exporter").stream()
                .distinct()
                .count();
    }

    private static void check(Path folder) throws IOException {
        Decoded decoded = Decoding.file(folder.resolve("all.pcap"));
        JsonNode expected = Corpus.expected(folder);
        List<FlowObservation> flows = decoded.observations().stream()
                .filter(FlowObservation.class::isInstance)
                .map(FlowObservation.class::cast)
                .toList();
        JsonNode totals = expected.get("totals");
        boolean isSflow = totals.has("ip_bytes_sampled");
        long octets = totals.get(isSflow ? "ip_bytes_sampled" : "octets").asLong();
        long packets = isSflow ? flows.size() : totals.get("packets").asLong();
        assertThat(flows).hasSize(expected.get("data_records").asInt());
        assertThat(flows.stream()
                        .mapToLong(flow -> Math.max(flow.sourceBytes(), 0))
                        .sum())
                .isEqualTo(octets);
        assertThat(flows.stream()
                        .mapToLong(flow -> Math.max(flow.sourcePackets(), 0))
                        .sum())
                .isEqualTo(packets);
        assertThat(decoded.rejections())
                .filteredOn(rejection -> rejection.reason() == Reason.NO_TEMPLATE)
                .hasSize(expected.get("data_sets_without_template").asInt());
        List<JsonNode> wanted = flows(folder, expected);
        boolean hasStart = wanted.stream().anyMatch(flow -> flow.has("start_ms"));
        boolean hasEnd = wanted.stream().anyMatch(flow -> flow.has("end_ms"));
        assertThat(flows.stream().map(flow -> describe(flow, hasStart, hasEnd)))
                .containsExactlyInAnyOrderElementsOf(
                        wanted.stream().map(DatagramCorpusTest::describe).toList());
    }

    private static List<JsonNode> flows(Path folder, JsonNode expected) throws IOException {
        List<JsonNode> flows = new ArrayList<>();
        if (expected.get("flows").isArray()) {
            expected.get("flows").forEach(flows::add);
            return flows;
        }
        Path file = folder.resolve(expected.get("flows").asText());
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                flows.add(JSON.readTree(line));
            }
        }
        return flows;
    }

    private static String describe(JsonNode flow) {
        int protocol = flow.get("proto").asInt();
        return describe(
                flow.get("src_ip").asText(),
                flow.path("src_port").asInt(-1),
                flow.get("dst_ip").asText(),
                flow.path("dst_port").asInt(-1),
                protocol,
                flow.path("octets").asLong(-1),
                flow.path("packets").asLong(-1),
                flow.has("start_ms") ? Math.floorMod(flow.get("start_ms").asLong(), TURN) : -1,
                flow.has("end_ms") ? Math.floorMod(flow.get("end_ms").asLong(), TURN) : -1);
    }

    private static String describe(FlowObservation flow, boolean hasStart, boolean hasEnd) {
        return describe(
                flow.source().toString(),
                flow.sourcePort(),
                flow.destination().toString(),
                flow.destinationPort(),
                flow.protocol(),
                flow.sourceBytes(),
                flow.sourcePackets(),
                hasStart ? Math.floorMod(Math.floorDiv(flow.startNanos(), 1_000_000L), TURN) : -1,
                hasEnd ? Math.floorMod(Math.floorDiv(flow.endNanos(), 1_000_000L), TURN) : -1);
    }

    private static String describe(
            String source,
            int sourcePort,
            String destination,
            int destinationPort,
            int protocol,
            long octets,
            long packets,
            long start,
            long end) {
        boolean isIcmp = protocol == 1 || protocol == 58;
        String from = isIcmp ? source : source + ' ' + sourcePort;
        String to = isIcmp ? destination : destination + ' ' + destinationPort;
        return from + " > " + to + " protocol " + protocol + ' ' + octets + '/' + packets + " at " + start + ".." + end;
    }
}
