package observatory.dashboards.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import observatory.dashboards.local.Listed;
import observatory.dashboards.local.LocalReplay;
import observatory.ingest.archive.Archive;
import observatory.ingest.archive.ArchiveSettings;
import observatory.ingest.simulate.Simulation;
import observatory.ingest.simulate.SimulationSettings;
import observatory.jobs.attribute.GeoAccess;
import observatory.jobs.attribute.PhoneNetworks;
import observatory.jobs.attribute.Sites;
import observatory.jobs.document.Document;
import observatory.jobs.document.ErasedDevices;
import observatory.jobs.document.Indices;
import observatory.jobs.document.Privacy;
import observatory.jobs.document.Pseudonyms;
import observatory.jobs.elastic.ElasticClient;
import observatory.jobs.elastic.ElasticsearchProcess;
import observatory.jobs.elastic.RealElasticsearch;
import observatory.jobs.finding.DetectionSettings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** After an erasure every document and every file of Observatory is searched for the device. */
@Tag("slow")
class EraseTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path logs;

    private static Path home;
    private static ElasticsearchProcess elasticsearch;
    private static ElasticClient client;
    private static Erase erase;

    /** A phone that had one address, which no other had. */
    private record Phone(String mac, String address) {
        List<String> words() {
            String bare = mac.replace("-", "");
            return Stream.of(mac, bare, mac.replace('-', ':'), address)
                    .map(word -> word.toLowerCase(Locale.ROOT))
                    .toList();
        }
    }

    @BeforeAll
    static void replayOnce() throws Exception {
        // Not a temporary folder: those are closed to the user that runs Elasticsearch.
        home = Files.createDirectories(
                Path.of("target", "erase-" + ProcessHandle.current().pid()).toAbsolutePath());
        Simulation.run(SimulationSettings.demo().withDevices(8).withDays(2), logs);
        elasticsearch = ElasticsearchProcess.start(
                RealElasticsearch.setup(Files.createDirectories(home.resolve(".observatory/elasticsearch"))));
        client = ElasticClient.to(elasticsearch.settings());
        replay();
        Path key = home.resolve(".observatory/pseudonym.key");
        Audit audit = new Audit(client, Clock.systemUTC(), "ann");
        erase = new Erase(client, audit, Pseudonyms.ofFile(key), ErasedDevices.beside(key));
    }

    @AfterAll
    static void stop() {
        client.close();
        elasticsearch.close();
    }

    @Test
    void nothingTellsAnErasedDeviceAnyMoreAlsoNotAfterAReplay() throws Exception {
        Phone phone = phones().getFirst();
        Map<String, JsonNode> before = documents();
        JsonNode late = before.values().stream()
                .filter(document -> document.path("host.mac").asText().equals(phone.mac()))
                .findFirst()
                .orElseThrow();
        assertThat(telling(before, phone)).as("the search finds what is there").isNotEmpty();
        assertThat(files(phone)).as("also in files").isNotEmpty();

        Erase.Result result = erase.erase(new DeviceName.Mac(phone.mac()), "left the company");
        assertThat(result.remains()).isEmpty();
        assertThat(client.writes(Indices.IDENTITIES)).isNotEmpty();
        assertThat(replaced()).as("kept of what was replaced").isZero();
        assertThat(telling(documents(), phone)).isEmpty();
        assertThat(files(phone)).isEmpty();
        assertThat(others(documents())).isEqualTo(others(before));

        write(late);
        assertThat(telling(documents(), phone)).as("written too late").isEmpty();
        replay();
        assertThat(telling(documents(), phone)).as("after a replay").isEmpty();
        client.indices("observatory-*").forEach(client::deleteIndex);
        replay();
        assertThat(telling(documents(), phone))
                .as("after a replay into nothing")
                .isEmpty();
        assertThat(files(phone)).isEmpty();
        assertThat(others(documents())).isEqualTo(others(before));
    }

    @Test
    void anErasureAndWhatWasAskedAfterItAreOnRecord() throws Exception {
        Phone phone = phones().get(1);
        DeviceName.Pseudonym device = new DeviceName.Pseudonym(pseudonym(phone));
        Reveal reveal = new Reveal(client, new Audit(client, Clock.systemUTC(), "ben"));
        assertThat(reveal.tell(device, "theft report 12").mac()).isEqualTo(phone.mac());

        erase.erase(new DeviceName.Address(phone.address()), "");
        assertThatThrownBy(() -> reveal.tell(device, "theft report 12"))
                .isInstanceOf(IdentityException.class)
                .hasMessageContaining("was erased");

        assertThat(acts(device.text()))
                .containsExactlyInAnyOrder(
                        "ann erase success",
                        "ann erase unknown",
                        "ben reveal failure",
                        "ben reveal success",
                        "ben reveal unknown",
                        "ben reveal unknown");
    }

    @Test
    void aReasonThatTellsTheDeviceIsRefusedBeforeAnythingIsDone() throws Exception {
        Phone phone = phones().get(2);

        assertThatThrownBy(() -> erase.erase(new DeviceName.Mac(phone.mac()), "phone at " + phone.address()))
                .hasMessageContaining("must not tell which device");

        assertThat(telling(documents(), phone)).isNotEmpty();
        assertThat(acts(pseudonym(phone))).isEmpty();
    }

    @Test
    void whatIsTakenBackIsToldAgainWhenTheDeviceIsSeenAgain() throws Exception {
        Phone phone = phones().get(3);
        erase.erase(new DeviceName.Mac(phone.mac()), "");
        erase.undo(new DeviceName.Mac(phone.mac()), "the wrong phone");

        client.deleteIndex(Indices.IDENTITIES);
        replay();

        assertThat(telling(documents(), phone)).isNotEmpty();
    }

    private static void replay() throws Exception {
        GeoAccess geo = GeoAccess.under(
                Path.of(System.getProperty("observatory.home", "..")).toAbsolutePath());
        LocalReplay.Order order = new LocalReplay.Order(
                List.of(logs),
                new ArchiveSettings(null, null, null),
                geo,
                PhoneNetworks.ASSUMED,
                Sites.BY_SENSOR,
                DetectionSettings.assumed(0),
                List.of(),
                Privacy.PSEUDONYMOUS,
                true,
                2,
                home.resolve(".observatory/replay"));
        new LocalReplay(home, Clock.systemUTC()).run(order, elasticsearch.settings(), new Quiet());
        client.refresh("observatory-*");
    }

    private static final class Quiet implements LocalReplay.Watcher {
        @Override
        public void found(Archive archive) {}

        @Override
        public void listed(Listed inventory) {}

        @Override
        public void surveying(long doneBytes, long totalBytes, Duration elapsed) {}

        @Override
        public void replaying(long doneBytes, long totalBytes, Duration elapsed) {}
    }

    private static void write(JsonNode identity) throws IOException {
        Document document = new Document(
                Indices.IDENTITIES,
                identity.path("device.id").asText(),
                java.time.Instant.parse(identity.path("observatory.last_seen").asText())
                        .toEpochMilli(),
                JSON.writeValueAsBytes(identity));
        client.bulk(List.of(document)).join();
        client.refresh(Indices.IDENTITIES);
    }

    private static String pseudonym(Phone phone) {
        return Pseudonyms.ofFile(home.resolve(".observatory/pseudonym.key")).of(phone.mac());
    }

    private static Map<String, JsonNode> documents() {
        client.refresh("observatory-*");
        Map<String, JsonNode> found = new TreeMap<>();
        client.scan(
                "observatory-*",
                null,
                hit -> found.put(
                        hit.path("_index").asText() + "/" + hit.path("_id").asText(), hit.path("_source")));
        return found;
    }

    private static List<String> others(Map<String, JsonNode> documents) {
        return documents.keySet().stream()
                .filter(key -> !key.startsWith(Indices.AUDIT))
                .toList();
    }

    private static List<String> telling(Map<String, JsonNode> documents, Phone phone) {
        return documents.entrySet().stream()
                .map(document -> document.getKey() + " " + document.getValue())
                .filter(text -> tells(text.toLowerCase(Locale.ROOT), phone))
                .toList();
    }

    private static boolean tells(String text, Phone phone) {
        for (String word : phone.words()) {
            for (int at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
                int end = at + word.length();
                boolean isWhole = (at == 0 || !isDigit(text.charAt(at - 1)))
                        && (end == text.length() || !isDigit(text.charAt(end)));
                if (isWhole) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /** Files below the state folder that hold a word of the phone in plain bytes. */
    private static List<Path> files(Phone phone) throws IOException {
        List<Path> found = new ArrayList<>();
        try (Stream<Path> all = Files.walk(home.resolve(".observatory"))) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                try {
                    String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                    if (tells(text.toLowerCase(Locale.ROOT), phone)) {
                        found.add(file);
                    }
                } catch (NoSuchFileException merged) {
                    continue; // Elasticsearch has replaced it meanwhile
                }
            }
        }
        return found;
    }

    /** Former states of documents in the files of the guarded index, where text is compressed and cannot be searched. */
    private static long replaced() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(elasticsearch.settings().url() + "/" + Indices.IDENTITIES + "/_stats/docs"))
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            String answer =
                    http.send(request, HttpResponse.BodyHandlers.ofString()).body();
            return JSON.readTree(answer).at("/_all/total/docs/deleted").asLong(-1);
        }
    }

    private static List<String> acts(String subject) {
        client.refresh(Indices.AUDIT);
        List<String> acts = new ArrayList<>();
        client.scan(Indices.AUDIT, null, hit -> {
            JsonNode act = hit.path("_source");
            if (act.path("observatory.audit.subject").asText().contains(subject)) {
                acts.add(act.path("user.name").asText() + " "
                        + act.path("event.action").asText() + " "
                        + act.path("event.outcome").asText());
            }
        });
        return acts;
    }

    /** Phones that had one address for themselves, by the leases. */
    private static List<Phone> phones() throws IOException {
        Map<String, TreeSet<String>> addresses = new TreeMap<>();
        Map<String, TreeSet<String>> holders = new TreeMap<>();
        try (Stream<Path> files = Files.walk(logs)) {
            for (Path file : files.filter(path -> path.endsWith("dhcp.log")).toList()) {
                for (String line : Files.readAllLines(file)) {
                    JsonNode lease = JSON.readTree(line);
                    String mac =
                            lease.path("mac").asText().toUpperCase(Locale.ROOT).replace(':', '-');
                    String address = lease.path("assigned_addr").asText();
                    addresses.computeIfAbsent(mac, none -> new TreeSet<>()).add(address);
                    holders.computeIfAbsent(address, none -> new TreeSet<>()).add(mac);
                }
            }
        }
        List<Phone> phones = addresses.entrySet().stream()
                .filter(phone -> phone.getValue().size() == 1)
                .map(phone -> new Phone(phone.getKey(), phone.getValue().first()))
                .filter(phone ->
                        holders.getOrDefault(phone.address(), new TreeSet<>()).size() == 1)
                .toList();
        assertThat(phones).hasSizeGreaterThan(3);
        return phones;
    }
}
