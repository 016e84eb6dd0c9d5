package observatory.ingest.zeek;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import observatory.geo.address.IpAddress;
import observatory.ingest.decode.Corpus;
import observatory.ingest.decode.Decoded;
import observatory.ingest.decode.Decoding;
import observatory.ingest.decode.Rejection;
import observatory.ingest.decode.Rejection.Reason;
import observatory.ingest.observation.DeviceSighting;
import observatory.ingest.observation.DnsObservation;
import observatory.ingest.observation.DnsObservation.Answer;
import observatory.ingest.observation.FlowObservation;
import observatory.ingest.observation.TlsObservation;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every Zeek file of the corpus against what was established about it without us. */
class ZeekCorpusTest {

    @TestFactory
    Stream<DynamicTest> everyFileOfTheCorpusGivesItsExpectedTotals() {
        List<DynamicTest> tests = new ArrayList<>();
        for (Path folder : Corpus.cases("zeek")) {
            for (Map.Entry<String, JsonNode> file :
                    Corpus.expected(folder).get("files").properties()) {
                Path path = folder.resolve(file.getKey());
                tests.add(DynamicTest.dynamicTest(
                        folder.getFileName() + "/" + file.getKey(), () -> check(path, file.getValue())));
            }
        }
        return tests.stream();
    }

    private static void check(Path path, JsonNode expected) {
        Decoded decoded = Decoding.file(path);
        int unparsable = expected.get("unparsable_lines").asInt();
        assertThat(decoded.records()).isEqualTo(expected.get("records").asInt() + unparsable);
        checkUnparsable(decoded, expected);
        switch (expected.get("kind").asText()) {
            case "conn" -> checkFlows(all(decoded, FlowObservation.class), expected);
            case "dns" -> checkDns(all(decoded, DnsObservation.class), expected);
            case "ssl" -> checkTls(all(decoded, TlsObservation.class), expected);
            case "dhcp" -> checkDevices(all(decoded, DeviceSighting.class), expected);
            default -> checkUnused(decoded, expected);
        }
    }

    private static <T> List<T> all(Decoded decoded, Class<T> type) {
        assertThat(decoded.observations()).allMatch(type::isInstance);
        return decoded.observations().stream().map(type::cast).toList();
    }

    private static void checkUnparsable(Decoded decoded, JsonNode expected) {
        List<Long> lines = decoded.rejections().stream()
                .filter(rejection -> rejection.reason() != Reason.UNUSED_KIND)
                .map(Rejection::line)
                .toList();
        List<Long> wanted = new ArrayList<>();
        expected.get("unparsable_line_numbers").forEach(line -> wanted.add(line.asLong()));
        assertThat(lines).isEqualTo(wanted);
    }

    private static void checkUnused(Decoded decoded, JsonNode expected) {
        assertThat(decoded.observations()).isEmpty();
        assertThat(decoded.rejections())
                .hasSize(expected.get("records").asInt())
                .allMatch(rejection ->
                        rejection.detail().equals("zeek " + expected.get("kind").asText()));
    }

    private static void checkFlows(List<FlowObservation> flows, JsonNode expected) {
        assertThat(flows).hasSize(expected.get("records").asInt());
        JsonNode sums = expected.get("sums");
        assertThat(sum(flows, FlowObservation::sourceBytes))
                .isEqualTo(sums.get("orig_ip_bytes").asLong());
        assertThat(sum(flows, FlowObservation::destinationBytes))
                .isEqualTo(sums.get("resp_ip_bytes").asLong());
        assertThat(sum(flows, FlowObservation::sourcePackets))
                .isEqualTo(sums.get("orig_pkts").asLong());
        assertThat(sum(flows, FlowObservation::destinationPackets))
                .isEqualTo(sums.get("resp_pkts").asLong());
        assertThat(flows.stream().mapToLong(FlowObservation::startNanos).min().orElseThrow())
                .isEqualTo(micros(expected.get("ts_min")));
        assertThat(flows.stream().mapToLong(FlowObservation::startNanos).max().orElseThrow())
                .isEqualTo(micros(expected.get("ts_max")));
        checkCounts(expected.get("by_proto"), flows.stream().map(flow -> protocol(flow.protocol())));
        checkCounts(expected.get("by_state"), flows.stream().map(FlowObservation::state));
        checkBytesByEnd(flows, expected);
    }

    private static void checkBytesByEnd(List<FlowObservation> flows, JsonNode expected) {
        Map<String, Long> byOriginator = new TreeMap<>();
        for (FlowObservation flow : flows) {
            byOriginator.merge(flow.source().toString(), flow.sourceBytes() + flow.destinationBytes(), Long::sum);
        }
        expected.get("ip_bytes_by_orig")
                .properties()
                .forEach(end -> assertThat(
                                byOriginator.get(IpAddress.of(end.getKey()).toString()))
                        .as(end.getKey())
                        .isEqualTo(end.getValue().asLong()));
    }

    private static void checkDns(List<DnsObservation> records, JsonNode expected) {
        assertThat(records).hasSize(expected.get("records").asInt());
        assertThat(records.stream().filter(dns -> dns.question() != null))
                .hasSize(expected.get("records_with_query").asInt());
        List<Answer> answers =
                records.stream().flatMap(dns -> dns.answers().stream()).toList();
        assertThat(answers).hasSize(expected.get("answer_values").asInt());
        Set<String> distinct = new HashSet<>();
        answers.forEach(answer -> distinct.add(answer.data()));
        assertThat(distinct).hasSize(expected.get("distinct_answer_values").asInt());
        checkCounts(expected.get("by_qtype"), records.stream().map(DnsObservation::questionType));
        checkCounts(expected.get("by_rcode"), records.stream().map(DnsObservation::responseCode));
        checkTop(expected.get("top_queries"), records.stream().map(DnsObservation::question));
    }

    private static void checkTls(List<TlsObservation> handshakes, JsonNode expected) {
        assertThat(handshakes).hasSize(expected.get("records").asInt());
        List<String> names = handshakes.stream()
                .map(TlsObservation::serverName)
                .filter(name -> name != null)
                .toList();
        assertThat(names).hasSize(expected.get("records_with_server_name").asInt());
        assertThat(new HashSet<>(names))
                .hasSize(expected.get("distinct_server_names").asInt());
        checkTop(expected.get("top_server_names"), names.stream());
        checkCounts(expected.get("by_version"), handshakes.stream().map(TlsObservation::version));
    }

    private static void checkDevices(List<DeviceSighting> devices, JsonNode expected) {
        assertThat(devices).hasSize(expected.get("records").asInt());
        assertThat(devices)
                .allMatch(device -> device.mac() != null && device.mac().length() == 17);
    }

    private static long sum(List<FlowObservation> flows, ToLongFunction<FlowObservation> counter) {
        return flows.stream()
                .mapToLong(counter)
                .map(count -> Math.max(count, 0))
                .sum();
    }

    private static long micros(JsonNode seconds) {
        return Math.round(seconds.asDouble() * 1_000_000) * 1000;
    }

    private static String protocol(int number) {
        return switch (number) {
            case 1, 58 -> "icmp";
            case 6 -> "tcp";
            case 17 -> "udp";
            default -> "-";
        };
    }

    private static void checkCounts(JsonNode expected, Stream<String> values) {
        Map<String, Long> counts = counts(values);
        Map<String, Long> wanted = new TreeMap<>();
        expected.properties()
                .forEach(entry -> wanted.put(entry.getKey(), entry.getValue().asLong()));
        assertThat(counts).isEqualTo(wanted);
    }

    /** The corpus lists the most frequent names; each has to be counted as often here. */
    private static void checkTop(JsonNode expected, Stream<String> values) {
        Map<String, Long> counts = counts(values);
        expected.properties()
                .forEach(entry -> assertThat(counts.get(entry.getKey()))
                        .as(entry.getKey())
                        .isEqualTo(entry.getValue().asLong()));
    }

    private static Map<String, Long> counts(Stream<String> values) {
        Map<String, Long> counts = new TreeMap<>();
        values.forEach(value -> counts.merge(value == null ? "-" : value, 1L, Long::sum));
        return counts;
    }
}
