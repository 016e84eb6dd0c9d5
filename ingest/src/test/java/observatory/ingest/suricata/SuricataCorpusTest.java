package observatory.ingest.suricata;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import observatory.geo.address.IpAddress;
import observatory.ingest.decode.Corpus;
import observatory.ingest.decode.Decoded;
import observatory.ingest.decode.Decoding;
import observatory.ingest.decode.Rejection;
import observatory.ingest.decode.Rejection.Reason;
import observatory.ingest.observation.CommunityId;
import observatory.ingest.observation.DeviceSighting;
import observatory.ingest.observation.DnsObservation;
import observatory.ingest.observation.FlowObservation;
import observatory.ingest.observation.SensorStatus;
import observatory.ingest.observation.TlsObservation;
import observatory.ingest.observation.TransportProtocol;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every Suricata file of the corpus against what was established about it without us. */
class SuricataCorpusTest {
    private static final List<String> USED = List.of(
            "suricata flow", "suricata dns", "suricata tls", "suricata http", "suricata dhcp", "suricata stats");

    @TestFactory
    Stream<DynamicTest> everyFileOfTheCorpusGivesItsExpectedTotals() {
        return Corpus.cases("suricata").stream()
                .map(folder -> DynamicTest.dynamicTest(folder.getFileName().toString(), () -> check(folder)));
    }

    @TestFactory
    Stream<DynamicTest> communityIdsAreThoseThatSuricataWrote() {
        return Corpus.cases("suricata").stream()
                .filter(folder -> Corpus.expected(folder).has("flow_totals"))
                .map(folder -> DynamicTest.dynamicTest(folder.getFileName().toString(), () -> checkIds(folder)));
    }

    private static void check(Path folder) {
        JsonNode expected = Corpus.expected(folder);
        Decoded decoded = Decoding.file(log(folder));
        JsonNode lines = expected.has("lines") ? expected.get("lines") : expected.get("records");
        assertThat(decoded.records()).isEqualTo(lines.asInt());
        checkKinds(decoded, expected.get("by_event_type"));
        if (expected.has("flow_totals")) {
            checkFlows(all(decoded, FlowObservation.class), expected);
            checkDns(all(decoded, DnsObservation.class), expected);
            checkNames(all(decoded, TlsObservation.class), expected.get("sni"));
        }
    }

    private static Path log(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> !file.endsWith("expected.json"))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static <T> List<T> all(Decoded decoded, Class<T> type) {
        return decoded.observations().stream()
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    private static void checkKinds(Decoded decoded, JsonNode expected) {
        Map<String, Long> kinds = new TreeMap<>();
        decoded.observations().forEach(observation -> kinds.merge(kind(observation), 1L, Long::sum));
        for (Rejection rejection : decoded.rejections()) {
            assertThat(rejection.reason()).isEqualTo(Reason.UNUSED_KIND);
            kinds.merge(rejection.detail().substring("suricata ".length()), 1L, Long::sum);
        }
        Map<String, Long> wanted = new TreeMap<>();
        expected.properties()
                .forEach(entry -> wanted.put(entry.getKey(), entry.getValue().asLong()));
        wanted.keySet().removeIf(kind -> kind.startsWith("dns:"));
        assertThat(kinds).isEqualTo(wanted);
        assertThat(decoded.rejections()).noneMatch(rejection -> USED.contains(rejection.detail()));
    }

    private static String kind(Object observation) {
        return switch (observation) {
            case FlowObservation flow -> "flow";
            case DnsObservation dns -> "dns";
            case TlsObservation http when http.isHttp() -> "http";
            case TlsObservation tls -> String.valueOf(tls.version()).startsWith("QUIC") ? "quic" : "tls";
            case DeviceSighting device -> "dhcp";
            case SensorStatus status -> "stats";
            default -> throw new AssertionError(observation);
        };
    }

    private static void checkFlows(List<FlowObservation> flows, JsonNode expected) {
        JsonNode totals = expected.get("flow_totals");
        assertThat(sum(flows, FlowObservation::sourceBytes))
                .isEqualTo(totals.get("bytes_toserver").asLong());
        assertThat(sum(flows, FlowObservation::destinationBytes))
                .isEqualTo(totals.get("bytes_toclient").asLong());
        assertThat(sum(flows, FlowObservation::sourcePackets))
                .isEqualTo(totals.get("pkts_toserver").asLong());
        assertThat(sum(flows, FlowObservation::destinationPackets))
                .isEqualTo(totals.get("pkts_toclient").asLong());
        Map<String, Long> byPair = new HashMap<>();
        for (FlowObservation flow : flows) {
            byPair.merge(
                    flow.source() + " " + flow.destination(), flow.sourceBytes() + flow.destinationBytes(), Long::sum);
        }
        for (JsonNode pair : expected.get("flow_bytes_by_pair")) {
            String ends = IpAddress.of(pair.get(0).asText()) + " "
                    + IpAddress.of(pair.get(1).asText());
            assertThat(byPair.get(ends)).as(ends).isEqualTo(pair.get(2).asLong());
        }
    }

    private static void checkDns(List<DnsObservation> records, JsonNode expected) {
        JsonNode kinds = expected.get("by_event_type");
        assertThat(records.stream().filter(DnsObservation::response))
                .hasSize(kinds.path("dns:answer").asInt());
        assertThat(records).allMatch(dns -> dns.resolverPort() == 53 && dns.clientPort() != 53);
        Map<String, Long> questions = new TreeMap<>();
        Map<String, Long> addresses = new TreeMap<>();
        for (DnsObservation dns : records) {
            if (!dns.response()) {
                questions.merge(dns.question(), 1L, Long::sum);
            }
            dns.answers().stream()
                    .filter(answer -> answer.type().equals("A") || answer.type().equals("AAAA"))
                    .forEach(answer -> addresses.merge(answer.data(), 1L, Long::sum));
        }
        checkQuestions(questions, expected.get("dns_query_names"));
        Map<String, Long> wanted = new TreeMap<>();
        for (JsonNode answer : expected.get("dns_a_answers")) {
            wanted.merge(
                    IpAddress.of(answer.get(1).asText()).toString(),
                    answer.get(2).asLong(),
                    Long::sum);
        }
        assertThat(addresses).isEqualTo(wanted);
    }

    private static void checkQuestions(Map<String, Long> questions, JsonNode expected) {
        expected.properties()
                .forEach(entry -> assertThat(questions.get(entry.getKey()))
                        .as(entry.getKey())
                        .isEqualTo(entry.getValue().asLong()));
    }

    private static void checkNames(List<TlsObservation> handshakes, JsonNode expected) {
        Map<String, Long> names = new TreeMap<>();
        for (TlsObservation tls : handshakes) {
            if (tls.serverName() != null && !tls.isHttp()) {
                names.merge(tls.serverName(), 1L, Long::sum);
            }
        }
        Map<String, Long> wanted = new TreeMap<>();
        expected.properties()
                .forEach(entry -> wanted.put(entry.getKey(), entry.getValue().asLong()));
        assertThat(names).isEqualTo(wanted);
    }

    private static void checkIds(Path folder) throws IOException {
        List<String> written = new ArrayList<>();
        ObjectMapper json = new ObjectMapper();
        try (InputStream raw = Files.newInputStream(log(folder));
                InputStream in = log(folder).toString().endsWith(".gz") ? new GZIPInputStream(raw) : raw;
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                JsonNode event = json.readTree(line);
                if (event.get("event_type").asText().equals("flow")) {
                    written.add(event.path("community_id").asText(""));
                }
            }
        }
        List<FlowObservation> flows = all(Decoding.file(log(folder)), FlowObservation.class);
        assertThat(flows).hasSize(written.size());
        for (int i = 0; i < flows.size(); i++) {
            FlowObservation flow = flows.get(i);
            // Suricata leaves the specification between two ports of one address, and for ICMP without replies.
            boolean isComparable = flow.protocol() != TransportProtocol.ICMPV6
                    && !flow.source().equals(flow.destination());
            if (!written.get(i).isEmpty() && isComparable) {
                assertThat(CommunityId.of(flow)).as(flow.toString()).isEqualTo(written.get(i));
            }
        }
    }

    private static long sum(List<FlowObservation> flows, ToLongFunction<FlowObservation> counter) {
        return flows.stream()
                .mapToLong(counter)
                .map(count -> Math.max(count, 0))
                .sum();
    }
}
