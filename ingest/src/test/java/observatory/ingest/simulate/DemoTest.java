package observatory.ingest.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import java.util.zip.GZIPInputStream;
import observatory.ingest.observation.DnsObservation;
import observatory.ingest.observation.FlowObservation;
import observatory.ingest.observation.Observation;
import observatory.ingest.observation.TlsObservation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole demo, read back with the house's decoders and held against its truth. */
class DemoTest {
    private static final ObjectMapper JSON =
            new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    private static final long SECOND = 1_000_000_000L;

    @TempDir
    static Path folder;

    static Readout read;
    static JsonNode truth;
    static Map<String, FlowTruth> flowTruth;

    @BeforeAll
    static void simulate() throws IOException {
        Simulation.run(SimulationSettings.demo(), folder);
        read = Readout.of(folder);
        truth = JSON.readTree(folder.resolve("truth.json").toFile());
        flowTruth = new HashMap<>();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(folder.resolve("truth-flows.ndjson.gz"))),
                StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                FlowTruth flow = JSON.readValue(line, FlowTruth.class);
                flowTruth.put(flow.uid(), flow);
            }
        }
    }

    @Test
    void everyLineDecodesAndOnlyTheTruthIsNoLog() {
        assertThat(read.rejections()).isEmpty();
        assertThat(read.archive().files()).hasSize(8);
        assertThat(read.archive().skipped()).hasSize(2).allMatch(skipped -> skipped.contains("truth"));
    }

    @Test
    void everythingIsMarkedAsSimulated() {
        assertThat(truth.path("simulated").asBoolean()).isTrue();
        assertThat(read.all()).allMatch(observation -> observation.sensor().startsWith("sim-"));
    }

    @Test
    void theDemoIsQuickToRead() {
        assertThat(read.flows()).hasSizeBetween(100_000, 200_000);
    }

    @Test
    void totalsOfTheTruthAreTheSumsOfTheLogs() {
        JsonNode totals = truth.path("totals");
        assertThat(totals.path("flows").asLong()).isEqualTo(read.flows().size());
        assertThat(totals.path("dns").asLong()).isEqualTo(read.dns().size());
        assertThat(totals.path("tls").asLong()).isEqualTo(read.tls().size());
        assertThat(totals.path("dhcp").asLong()).isEqualTo(read.sightings().size());
        long out = 0;
        long in = 0;
        for (FlowObservation flow : read.flows()) {
            out += isDevice(flow) ? flow.sourceBytes() : flow.destinationBytes();
            in += isDevice(flow) ? flow.destinationBytes() : flow.sourceBytes();
        }
        assertThat(totals.path("bytes").path("out").asLong()).isEqualTo(out);
        assertThat(totals.path("bytes").path("in").asLong()).isEqualTo(in);
    }

    @Test
    void everyFlowHasItsTruth() {
        assertThat(flowTruth).hasSameSizeAs(read.flows());
        for (FlowObservation flow : read.flows()) {
            FlowTruth known = truthOf(flow);
            assertThat(known.address()).isEqualTo(remote(flow));
            assertThat(known.out()).isEqualTo(isDevice(flow) ? flow.sourceBytes() : flow.destinationBytes());
        }
    }

    @Test
    void lookupsAndHandshakesShareTheirIdWithOneConnection() {
        Set<String> ids = read.flows().stream().map(FlowObservation::sensorId).collect(Collectors.toSet());
        assertThat(ids).hasSameSizeAs(read.flows());
        assertThat(read.dns()).allMatch(question -> ids.contains(question.sensorId()));
        assertThat(read.tls()).allMatch(handshake -> ids.contains(handshake.sensorId()));
    }

    @Test
    void serverNamesAreTheTrueNames() {
        Map<String, String> names =
                read.tls().stream().collect(Collectors.toMap(TlsObservation::sensorId, TlsObservation::serverName));
        for (FlowTruth flow : flowTruth.values()) {
            String uid = flow.uid();
            assertThat(names.containsKey(uid)).isEqualTo(flow.sni());
            if (names.containsKey(uid)) {
                assertThat(names.get(uid)).isEqualTo(flow.name());
            }
        }
    }

    @Test
    void whatTheTruthSaysOfOwnAnswersFollowsFromTheLogs() {
        Map<String, TreeMap<Long, DnsObservation>> answers = answersByClientAndAddress();
        for (FlowObservation flow : read.flows()) {
            FlowTruth known = truthOf(flow);
            String pair = local(flow) + " " + remote(flow);
            DnsObservation last = lastBefore(answers.getOrDefault(pair, new TreeMap<>()), flow.startNanos());
            assertThat(known.dns().equals("none")).isEqualTo(last == null);
            if (last != null) {
                assertThat(known.candidates().getFirst()).isEqualTo(last.question());
                boolean alive = last.timeNanos() + shortest(last) * SECOND >= flow.startNanos();
                assertThat(known.dns().equals("stale")).isEqualTo(!alive);
            }
        }
    }

    @Test
    void whereAPhoneHadAnAnswerTheLastOneGivenIsTheTrueName() {
        assertThat(flowTruth.values())
                .filteredOn(flow -> !flow.name().isEmpty() && !flow.candidates().isEmpty())
                .allMatch(flow -> flow.name().equals(flow.candidates().getFirst()));
    }

    @Test
    void everyStateOfANameOccurs() {
        JsonNode states = truth.path("own_dns");
        assertThat(states.path("fresh").asLong()).isGreaterThan(50_000);
        assertThat(states.path("stale").asLong()).isGreaterThan(10_000);
        assertThat(states.path("shared").asLong()).isGreaterThan(300);
    }

    @Test
    void onlyMediaAndTheLanAreReachedWithoutAName() {
        Set<String> purposes = flowTruth.values().stream()
                .filter(flow -> !flow.sni() && flow.candidates().isEmpty())
                .map(flow -> flow.purpose())
                .collect(Collectors.toSet());
        assertThat(purposes).isSubsetOf("call", "lookup", "lease", "log", "paging", "ping", "plug-and-play", "probe");
    }

    @Test
    void linesAreInTheOrderInWhichZeekWritesThem() throws IOException {
        List<JsonNode> lines = lines(folder.resolve("sim-zurich/conn.log"));
        long previous = 0;
        int backwards = 0;
        double before = 0;
        for (JsonNode line : lines) {
            double end = line.path("ts").asDouble() + line.path("duration").asDouble();
            // Zeek waits at most five minutes for more before it writes.
            assertThat((long) end).isGreaterThanOrEqualTo(previous - 301);
            previous = Math.max(previous, (long) end);
            backwards += line.path("ts").asDouble() < before ? 1 : 0;
            before = line.path("ts").asDouble();
        }
        assertThat(backwards).isGreaterThan(1_000);
    }

    @Test
    void ipBytesArePayloadAndHeaders() throws IOException {
        for (JsonNode line : lines(folder.resolve("sim-denver/conn.log"))) {
            for (String side : List.of("orig", "resp")) {
                long packets = line.path(side + "_pkts").asLong();
                long headers = line.path(side + "_ip_bytes").asLong()
                        - line.path(side + "_bytes").asLong();
                assertThat(headers).isBetween(28 * packets, 40 * packets + 20);
                assertThat(line.path(side + "_bytes").asLong()).isLessThanOrEqualTo(1472 * packets);
            }
        }
    }

    @Test
    void callsLastMinutesAndSignallingLastsHours() {
        assertThat(longest("call")).isBetween(Duration.ofMinutes(20), Duration.ofMinutes(91));
        assertThat(longest("registration")).isGreaterThan(Duration.ofHours(5));
    }

    @Test
    void aSilentSensorWritesNothing() {
        JsonNode plant = planted("sensor-silent");
        Instant from = Instant.parse(plant.path("from").asText());
        Instant to = Instant.parse(plant.path("to").asText());
        assertThat(Duration.between(from, to)).isEqualTo(Duration.ofHours(3));
        assertThat(read.all())
                .filteredOn(observation ->
                        observation.sensor().equals(plant.path("subject").asText()))
                .noneMatch(observation -> isWithin(observation, from, to));
        assertThat(truth.path("lost_to_silence").path("flows").asLong()).isGreaterThan(500);
    }

    @Test
    void sensorsAreNotSilentOtherwise() {
        for (JsonNode sensor : truth.path("sensors")) {
            assertThat(sensor.path("longest_other_gap_minutes").asLong()).isLessThan(20);
        }
        assertThat(truth.path("sensors").path(0).path("minutes_with_events").asLong())
                .isLessThan(truth.path("sensors").path(0).path("minutes").asLong() - 170);
    }

    @Test
    void theCollectorIsContactedByTheUpdatedPhonesOnly() {
        JsonNode plant = planted("new-endpoint");
        List<FlowTruth> contacts = flowTruth.values().stream()
                .filter(flow -> flow.name().endsWith(plant.path("subject").asText()))
                .toList();
        assertThat(contacts.stream().map(flow -> flow.device()).collect(Collectors.toSet()))
                .containsExactlyInAnyOrderElementsOf(texts(plant.path("devices")));
        assertThat(contacts)
                .allMatch(flow -> flow.start().compareTo(plant.path("from").asText()) > 0);
    }

    @Test
    void anUpdateShowsInTheVendorClass() {
        JsonNode device = device(planted("new-endpoint").path("devices").path(0).asText());
        Set<String> classes = read.sightings().stream()
                .filter(sighting -> device.path("mac").asText().equals(sighting.mac()))
                .map(sighting -> sighting.vendorClass())
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(classes).containsExactly("Grandstream GRP2614 1.0.11.64", "Grandstream GRP2614 1.0.7.25");
    }

    @Test
    void onePhoneAsksAForeignResolver() {
        JsonNode plant = planted("foreign-resolver");
        Set<String> askers = read.dns().stream()
                .filter(question -> !String.valueOf(question.resolver()).startsWith("10."))
                .map(question -> question.client() + " asks " + question.resolver())
                .collect(Collectors.toSet());
        JsonNode device = device(plant.path("devices").path(0).asText());
        assertThat(askers)
                .containsExactly(device.path("addresses").path(0).path("value").asText() + " asks 8.8.8.8");
    }

    @Test
    void onePhoneProbesAndTheOthersKnowFewOnTheirLan() {
        Map<String, Set<String>> peers = new HashMap<>();
        for (FlowObservation flow : read.flows()) {
            if (remote(flow).startsWith("10.")) {
                peers.computeIfAbsent(local(flow), phone -> new HashSet<>()).add(remote(flow));
            }
        }
        String probe = planted("lan-probe").path("subject").asText();
        assertThat(peers.remove(probe)).hasSizeGreaterThan(80);
        assertThat(peers.values()).allMatch(known -> known.size() < 10);
    }

    @Test
    void everyPhoneMeetsAllItsEndpointsInTheFirstThreeDays() {
        Set<String> late = new TreeSet<>();
        Map<String, Instant> first = new HashMap<>();
        flowTruth.values().stream()
                .filter(flow -> !flow.purpose().equals("probe"))
                .sorted(Comparator.comparing(flow -> flow.start()))
                .forEach(flow -> first.putIfAbsent(flow.device() + " " + endpoint(flow), Instant.parse(flow.start())));
        Instant learned = Instant.parse("2026-11-05T00:00:00Z");
        first.forEach((contact, at) -> {
            if (at.isAfter(learned)) {
                late.add(contact.substring(contact.indexOf(' ') + 1));
            }
        });
        assertThat(late).containsExactly("handset-insights.example");
    }

    @Test
    void theManagedDeskPhoneMeetsAlibabaThreeTimesADay() {
        Map<String, Long> contacts = flowTruth.values().stream()
                .filter(flow -> flow.address().startsWith("47.25"))
                .collect(Collectors.groupingBy(flow -> flow.device(), Collectors.counting()));
        String managed = truth.path("devices").path(0).path("mac").asText();
        assertThat(truth.path("devices").path(1).path("managed").asBoolean()).isFalse();
        assertThat(contacts).containsOnlyKeys(managed);
        assertThat(contacts.get(managed)).isBetween(38L, 46L);
    }

    @Test
    void callsFollowTheWorkingHoursOfTheSite() {
        Map<Boolean, Long> atNight = flowTruth.values().stream()
                .filter(flow -> flow.purpose().equals("call"))
                .filter(flow -> flow.sensor().equals("sim-zurich"))
                .map(flow -> Instant.parse(flow.start()).truncatedTo(ChronoUnit.HOURS))
                .map(hour -> hour.toString().substring(11, 13))
                .collect(Collectors.partitioningBy(
                        hour -> hour.compareTo("06") < 0 || hour.compareTo("19") > 0, Collectors.counting()));
        assertThat(atNight.get(true)).isLessThan(atNight.getOrDefault(false, 0L) / 10);
    }

    private static FlowTruth truthOf(FlowObservation flow) {
        return Objects.requireNonNull(flowTruth.get(flow.sensorId()));
    }

    private static boolean isDevice(FlowObservation flow) {
        return flow.source().toString().startsWith("10.");
    }

    private static String local(FlowObservation flow) {
        return (isDevice(flow) ? flow.source() : flow.destination()).toString();
    }

    private static String remote(FlowObservation flow) {
        return (isDevice(flow) ? flow.destination() : flow.source()).toString();
    }

    private static String endpoint(FlowTruth flow) {
        String name = flow.name();
        if (name.isEmpty()) {
            String address = flow.address();
            return address.substring(0, address.lastIndexOf('.'));
        }
        String[] labels = name.split("\\.");
        return labels[labels.length - 2] + "." + labels[labels.length - 1];
    }

    private static Duration longest(String purpose) {
        return read.flows().stream()
                .filter(flow -> truthOf(flow).purpose().equals(purpose))
                .map(flow -> Duration.ofNanos(flow.endNanos() - flow.startNanos()))
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }

    private static boolean isWithin(Observation observation, Instant from, Instant to) {
        Instant at = Instant.EPOCH.plusNanos(observation.timeNanos());
        return at.isAfter(from) && at.isBefore(to);
    }

    private static Map<String, TreeMap<Long, DnsObservation>> answersByClientAndAddress() {
        Map<String, TreeMap<Long, DnsObservation>> answers = new HashMap<>();
        Predicate<DnsObservation.Answer> isAddress = answer -> answer.type().equals("A");
        for (DnsObservation question : read.dns()) {
            question.answers().stream()
                    .filter(isAddress)
                    .forEach(answer -> answers.computeIfAbsent(
                                    question.client() + " " + answer.data(), key -> new TreeMap<>())
                            .put(question.timeNanos(), question));
        }
        return answers;
    }

    private static @Nullable DnsObservation lastBefore(TreeMap<Long, DnsObservation> answers, long nanos) {
        var last = answers.lowerEntry(nanos);
        return last == null ? null : last.getValue();
    }

    private static long shortest(DnsObservation question) {
        return question.answers().stream()
                .mapToLong(DnsObservation.Answer::ttlSeconds)
                .min()
                .orElseThrow();
    }

    private static List<JsonNode> lines(Path log) throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(log)) {
            lines.add(JSON.readTree(line));
        }
        return lines;
    }

    private static JsonNode planted(String kind) {
        return StreamSupport.stream(truth.path("planted").spliterator(), false)
                .filter(plant -> plant.path("kind").asText().equals(kind))
                .findFirst()
                .orElseThrow();
    }

    private static JsonNode device(String mac) {
        return StreamSupport.stream(truth.path("devices").spliterator(), false)
                .filter(device -> device.path("mac").asText().equals(mac))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }
}
