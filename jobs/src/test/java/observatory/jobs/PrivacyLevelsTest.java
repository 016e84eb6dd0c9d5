package observatory.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import observatory.ingest.archive.Archive;
import observatory.ingest.archive.ArchiveSettings;
import observatory.ingest.archive.Survey;
import observatory.ingest.simulate.Simulation;
import observatory.ingest.simulate.SimulationSettings;
import observatory.jobs.document.Privacy;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every document of whole runs is searched for what would tell a device. */
class PrivacyLevelsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<Privacy, JobRun> RUNS = new EnumMap<>(Privacy.class);

    /** Phones that put what they are into what they ask, and a line that nobody can read. */
    private static final String TALKATIVE = """
            {"_path":"dhcp","ts":1793577700.0,"client_addr":"10.9.0.7","mac":"00:15:65:aa:bb:cc","host_name":"bobs-phone","assigned_addr":"10.9.0.7","lease_time":86400.0}
            {"_path":"dhcp","ts":1793577701.0,"client_addr":"10.9.0.8","mac":"00:15:65:aa:bb:dd","host_name":"anns-phone","assigned_addr":"10.9.0.8","lease_time":86400.0}
            {"_path":"dhcp","ts":1793577702.0,"client_addr":"10.9.0.9","mac":"00:15:65:aa:bb:ee","host_name":"eves-phone","assigned_addr":"10.9.0.9","lease_time":86400.0}
            {"_path":"dns","ts":1793577710.0,"uid":"D1","id.orig_h":"10.9.0.7","id.orig_p":5001,"id.resp_h":"10.9.0.53","id.resp_p":53,"proto":"udp","query":"001565aabbcc.prov.example.com","qtype_name":"A","rcode_name":"NOERROR","answers":["93.184.216.34"],"TTLs":[60.0]}
            {"_path":"dns","ts":1793577711.0,"uid":"D2","id.orig_h":"10.9.0.7","id.orig_p":5002,"id.resp_h":"10.9.0.53","id.resp_p":53,"proto":"udp","query":"7.0.9.10.in-addr.arpa","qtype_name":"PTR","rcode_name":"NOERROR","answers":["bobs-phone.corp.example"],"TTLs":[60.0]}
            {"_path":"dns","ts":1793577712.0,"uid":"D3","id.orig_h":"10.9.0.7","id.orig_p":5003,"id.resp_h":"10.9.0.53","id.resp_p":53,"proto":"udp","query":"8.0.9.10.in-addr.arpa","qtype_name":"PTR"}
            {"_path":"dns","ts":1793577713.0,"uid":"D4","id.orig_h":"10.9.0.7","id.orig_p":5004,"id.resp_h":"10.9.0.53","id.resp_p":53,"proto":"udp","query":"Bobs-Phone.corp.example","qtype_name":"A","rcode_name":"NOERROR","answers":["10.9.0.7"],"TTLs":[60.0]}
            {"_path":"dns","ts":1793577714.0,"uid":"D5","id.orig_h":"10.9.0.7","id.orig_p":5005,"id.resp_h":"10.9.0.53","id.resp_p":53,"proto":"udp","query":"10-9-0-7.direct.example.net","qtype_name":"A"}
            {"_path":"ssl","ts":1793577720.0,"uid":"C1","id.orig_h":"10.9.0.7","id.orig_p":6001,"id.resp_h":"93.184.216.34","id.resp_p":443,"version":"TLSv12","server_name":"001565aabbcc.prov.example.com"}
            {"_path":"conn","ts":1793577720.0,"uid":"C1","id.orig_h":"10.9.0.7","id.orig_p":6001,"id.resp_h":"93.184.216.34","id.resp_p":443,"proto":"tcp","duration":1.0,"orig_bytes":100,"resp_bytes":200,"orig_pkts":3,"orig_ip_bytes":220,"resp_pkts":3,"resp_ip_bytes":320}
            {"_path":"conn","ts":1793577730.0,"uid":"C2","id.orig_h":"10.9.0.7","id.orig_p":6002,"id.resp_h":"10.9.0.8","id.resp_p":5060,"proto":"udp","duration":1.0,"orig_bytes":100,"resp_bytes":200,"orig_pkts":3,"orig_ip_bytes":128,"resp_pkts":3,"resp_ip_bytes":228}
            {"_path":"conn","ts":1793577735.0,"uid":"C6","id.orig_h":"10.9.0.9","id.orig_p":6002,"id.resp_h":"10.9.0.8","id.resp_p":5060,"proto":"udp","duration":1.0,"orig_bytes":100,"resp_bytes":200,"orig_pkts":3,"orig_ip_bytes":128,"resp_pkts":3,"resp_ip_bytes":228}
            {"_path":"conn","ts":1793577750.0,"uid":"C4","id.orig_h":"10.9.0.8","id.orig_p":6004,"id.resp_h":"93.184.216.34","id.resp_p":443,"proto":"tcp","duration":1.0,"orig_bytes":100,"resp_bytes":200,"orig_pkts":3,"orig_ip_bytes":220,"resp_pkts":3,"resp_ip_bytes":320}
            {"_path":"dns","ts":1793577760.0,"uid":"D6","id.orig_h":"10.9.0.7","id.orig_p":5006,"id.resp_h":"10.9.0.53","id.resp_p":53,"proto":"udp","query":"001565aabbcc.dyndns.org","qtype_name":"A","rcode_name":"NOERROR","answers":["93.184.216.35"],"TTLs":[60.0]}
            {"_path":"conn","ts":1793577761.0,"uid":"C5","id.orig_h":"10.9.0.7","id.orig_p":6005,"id.resp_h":"93.184.216.35","id.resp_p":443,"proto":"tcp","duration":1.0,"orig_bytes":100,"resp_bytes":200,"orig_pkts":3,"orig_ip_bytes":220,"resp_pkts":3,"resp_ip_bytes":320}
            {"_path":"conn","ts":1793577740.0,"uid":"C3","id.orig_h":"10.9.0.7","id.orig_p":6003,"id.resp_h":"10.9.0.8.9","id.resp_p":5060,"proto":"udp"}
            """;

    @TempDir
    static Path logs;

    private static List<Identity> raw;

    /** A word that tells a device, and the same not as part of another word. */
    private record Identity(String word, Pattern whole) {
        static Identity of(String word) {
            String lower = word.toLowerCase(Locale.ROOT);
            return new Identity(
                    lower, Pattern.compile("(?<![0-9a-z.])" + Pattern.quote(lower) + "(?![0-9a-z])(?!\\.\\d)"));
        }

        boolean isIn(String text) {
            return text.contains(word) && whole.matcher(text).find();
        }
    }

    @BeforeAll
    static void runAtEveryLevel() throws Exception {
        Simulation.run(SimulationSettings.demo().withDevices(6).withDays(4), logs);
        Path talkative = Files.createDirectories(logs.resolve("talkative"));
        for (String kind : List.of("dhcp", "dns", "ssl", "conn")) {
            Files.writeString(
                    talkative.resolve(kind + ".log"),
                    String.join(
                                    "\n",
                                    TALKATIVE
                                            .lines()
                                            .filter(line -> line.startsWith("{\"_path\":\"" + kind + "\""))
                                            .toList())
                            + "\n");
        }
        raw = identities();
        Survey survey = Survey.of(
                Archive.of(List.of(logs), new ArchiveSettings(null, null, null)).files(), 1);
        for (Privacy level : Privacy.values()) {
            RUNS.put(level, JobRun.of(survey, 2, JobRun.config(survey, level)));
        }
    }

    @Test
    void pseudonymousDocumentsTellNoMacNorAddressNorHostNameOfADevice() {
        Map<String, String> told = new TreeMap<>(run(Privacy.PSEUDONYMOUS).documents());
        told.keySet().removeIf(key -> key.startsWith("observatory-identities/"));

        assertThat(told).hasSizeGreaterThan(1_000);
        assertThat(telling(told, raw)).isEmpty();
        assertThat(telling(run(Privacy.PSEUDONYMOUS).documents(), raw))
                .as("the search finds what is there")
                .hasSize((int) count(Privacy.PSEUDONYMOUS, "observatory-identities"));
    }

    @Test
    void aggregateDocumentsTellNoDeviceAtAll() {
        Map<String, String> told = run(Privacy.AGGREGATE).documents();
        List<Identity> all = new ArrayList<>(raw);
        for (String word : List.of("dev-", "con-", "\"device.id\"", "\"host.")) {
            all.add(new Identity(word, Pattern.compile(Pattern.quote(word))));
        }

        assertThat(told).hasSizeGreaterThan(1_000);
        assertThat(telling(told, all)).isEmpty();
        assertThat(new TreeSet<>(told.keySet().stream().map(key -> family(key)).toList()))
                .containsExactly(
                        "observatory-coverage",
                        "observatory-endpoints",
                        "observatory-findings",
                        "observatory-rejections",
                        "observatory-rollups");
    }

    @Test
    void sumsWithoutDevicesAreThoseOfAllDevices() throws Exception {
        assertThat(sum(Privacy.AGGREGATE, "network.bytes")).isEqualTo(sum(Privacy.PSEUDONYMOUS, "network.bytes"));
        assertThat(sum(Privacy.AGGREGATE, "observatory.flows"))
                .isEqualTo(sum(Privacy.PSEUDONYMOUS, "observatory.flows"));
        assertThat(count(Privacy.AGGREGATE, "observatory-rollups"))
                .isLessThan(count(Privacy.PSEUDONYMOUS, "observatory-rollups"));
    }

    @Test
    void whatASiteFindingRestsOnIsStoredWithoutDevicesToo() throws Exception {
        Map<String, String> told = run(Privacy.AGGREGATE).documents();
        Set<String> ids = told.keySet().stream()
                .map(key -> key.substring(key.indexOf('/') + 1))
                .collect(Collectors.toSet());
        List<String> missing = new ArrayList<>();
        int pointers = 0;
        for (Map.Entry<String, String> finding : told.entrySet()) {
            if (finding.getKey().startsWith("observatory-findings/")) {
                for (JsonNode id : JSON.readTree(finding.getValue()).path("observatory.finding.documents")) {
                    pointers++;
                    if (!ids.contains(id.asText())) {
                        missing.add(finding.getValue());
                    }
                }
            }
        }
        assertThat(pointers).isPositive();
        assertThat(missing).isEmpty();
    }

    @Test
    void aCallWithinTheHouseIsAFindingThatTellsNeitherEnd() throws Exception {
        for (Privacy level : Privacy.values()) {
            JsonNode call = callInTheClear(level);
            boolean tells = telling(Map.of("call", call.toString()), raw).size() == 1;

            assertThat(call.path("observatory.finding.devices").asInt()).isEqualTo(2);
            assertThat(tells).as(level.label()).isEqualTo(level == Privacy.FULL);
        }
    }

    @Test
    void fullDocumentsTellMacAddressHostNameAndCommunityId() throws Exception {
        JsonNode call = flow(Privacy.FULL, "C2");

        assertThat(call.path("host.mac").asText()).isEqualTo("00-15-65-AA-BB-CC");
        assertThat(call.path("source.ip").asText()).isEqualTo("10.9.0.7");
        assertThat(call.path("host.hostname").asText()).isEqualTo("bobs-phone");
        assertThat(call.path("destination.ip").asText()).isEqualTo("10.9.0.8");
        assertThat(call.path("network.community_id").asText()).startsWith("1:");
        assertThat(call.path("device.id").asText())
                .isEqualTo(flow(Privacy.PSEUDONYMOUS, "C2").path("device.id").asText());
    }

    @Test
    void pseudonymousFlowsCarryAnIdOfTheirConnectionThatOnlyTheKeyGives() throws Exception {
        JsonNode call = flow(Privacy.PSEUDONYMOUS, "C2");

        assertThat(call.path("observatory.flow.connection_id").asText()).matches("con-[0-9a-f]{20}");
        assertThat(call.has("network.community_id")).isFalse();
        assertThat(flow(Privacy.PSEUDONYMOUS, "C1")
                        .path("tls.client.server_name")
                        .asText())
                .matches("dev-[0-9a-f]{20}\\.prov\\.example\\.com");
    }

    @Test
    void aLevelChangesNeitherTheLedgerNorTheIdsOfDocuments() {
        assertThat(run(Privacy.FULL).documents().keySet())
                .isEqualTo(run(Privacy.PSEUDONYMOUS).documents().keySet());
        assertThat(run(Privacy.AGGREGATE).summary().count("flows", "stored"))
                .isEqualTo(run(Privacy.FULL).summary().count("flows", "stored"));
        assertThat(run(Privacy.AGGREGATE).summary().isBalanced()).isTrue();
    }

    private static JobRun run(Privacy level) {
        return Objects.requireNonNull(RUNS.get(level));
    }

    private static JsonNode flow(Privacy level, String uid) throws Exception {
        for (Map.Entry<String, String> document : run(level).documents().entrySet()) {
            if (document.getKey().startsWith("observatory-flows-")) {
                JsonNode flow = JSON.readTree(document.getValue());
                if (flow.path("observatory.flow.sensor_id").asText().equals(uid)) {
                    return flow;
                }
            }
        }
        throw new AssertionError("no flow " + uid);
    }

    private static JsonNode callInTheClear(Privacy level) throws Exception {
        for (Map.Entry<String, String> document : run(level).documents().entrySet()) {
            JsonNode told = JSON.readTree(document.getValue());
            if (told.path("observatory.finding.cause").asText().matches("[^|]*\\|srv-[0-9a-f]{20}\\|sip\\|.*")
                    && told.path("observatory.finding.devices").asInt() == 2) {
                return told;
            }
        }
        throw new AssertionError("no such finding at level " + level.label());
    }

    private static long sum(Privacy level, String field) throws Exception {
        long sum = 0;
        for (Map.Entry<String, String> document : run(level).documents().entrySet()) {
            if (document.getKey().startsWith("observatory-rollups-")) {
                sum += JSON.readTree(document.getValue()).path(field).asLong();
            }
        }
        return sum;
    }

    private static long count(Privacy level, String family) {
        return run(level).documents().keySet().stream()
                .filter(key -> family(key).equals(family))
                .count();
    }

    private static String family(String key) {
        return key.replaceFirst("(-[0-9.]+)?/.*", "");
    }

    private static List<String> telling(Map<String, String> documents, List<Identity> identities) {
        return documents.entrySet().stream()
                .map(document -> document.getKey() + " " + document.getValue())
                .filter(document -> {
                    String lower = document.toLowerCase(Locale.ROOT);
                    return identities.stream().anyMatch(identity -> identity.isIn(lower));
                })
                .limit(40)
                .toList();
    }

    /** MAC, address and host name of every lease, in every way of writing them. */
    private static List<Identity> identities() throws Exception {
        TreeSet<String> words = new TreeSet<>();
        try (Stream<Path> files = Files.walk(logs)) {
            for (Path file : files.filter(path -> path.endsWith("dhcp.log")).toList()) {
                for (String line : Files.readAllLines(file)) {
                    JsonNode lease = JSON.readTree(line);
                    String mac = lease.path("mac").asText();
                    words.addAll(List.of(mac, mac.replace(':', '-'), mac.replace(":", "")));
                    String address = lease.path("assigned_addr").asText();
                    words.addAll(List.of(address, address.replace('.', '-'), backwards(address)));
                    words.add(lease.path("host_name").asText());
                }
            }
        }
        words.remove("");
        assertThat(words).contains("10.9.0.7", "7.0.9.10.in-addr", "bobs-phone", "001565aabbcc");
        return words.stream().map(Identity::of).toList();
    }

    private static String backwards(String address) {
        String[] parts = address.split("\\.");
        return parts[3] + "." + parts[2] + "." + parts[1] + "." + parts[0] + ".in-addr";
    }
}
