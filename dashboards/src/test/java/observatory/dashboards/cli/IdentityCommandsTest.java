package observatory.dashboards.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import observatory.jobs.document.Document;
import observatory.jobs.document.Indices;
import observatory.jobs.document.Pseudonyms;
import observatory.jobs.elastic.ElasticClient;
import observatory.jobs.elastic.FakeElasticsearch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code reveal} and {@code erase}, as a person calls them. */
class IdentityCommandsTest {
    private static final String MAC = "00-15-65-AA-BB-CC";

    @TempDir
    private Path home;

    private FakeElasticsearch fake;
    private ElasticClient client;
    private Path key;
    private String phone;

    @BeforeEach
    void storeAPhone() throws Exception {
        fake = new FakeElasticsearch();
        client = ElasticClient.to(fake.settings());
        client.installTemplates();
        key = home.resolve(".observatory/pseudonym.key");
        phone = Pseudonyms.ofFile(key).of(MAC);
        store(phone, "\"host.mac\":\"" + MAC + "\",\"host.ip\":\"10.9.0.7\",\"host.hostname\":\"bobs-phone\",");
    }

    @AfterEach
    void stop() {
        client.close();
        fake.close();
    }

    @Test
    void revealTellsWhoAPseudonymIsAndThatIsOnRecord() throws Exception {
        CommandRun run = new CommandRun(home);

        assertThat(execute(run, "reveal", phone, "--reason", "theft report 12")).isZero();

        assertThat(run.out().lines())
                .containsExactly(
                        "device      " + phone,
                        "MAC         " + MAC,
                        "address     10.9.0.7",
                        "host name   bobs-phone",
                        "site        zurich",
                        "last seen   2026-11-02T00:00:00Z");
        assertThat(acts())
                .containsExactlyInAnyOrder(
                        "reveal unknown " + phone + " theft report 12", "reveal success " + phone + " theft report 12");
    }

    @Test
    void whatCannotBePutOnRecordIsNotRevealed() throws Exception {
        refuseRecords();
        CommandRun run = new CommandRun(home);

        assertThat(execute(run, "reveal", phone, "--reason", "theft report 12")).isEqualTo(1);

        assertThat(run.out()).isEmpty();
        assertThat(run.err().lines()).hasSize(1).first().asString().startsWith("observatory: nothing is revealed: ");
    }

    @Test
    void revealNeedsAReasonAndAPseudonym() {
        CommandRun without = new CommandRun(home);
        CommandRun blank = new CommandRun(home);
        CommandRun mac = new CommandRun(home);

        assertThat(execute(without, "reveal", phone)).isEqualTo(2);
        assertThat(execute(blank, "reveal", phone, "--reason", " ")).isEqualTo(2);
        assertThat(execute(mac, "reveal", MAC, "--reason", "theft")).isEqualTo(2);

        assertThat(without.err()).contains("--reason");
        assertThat(blank.err()).contains("without a reason");
        assertThat(mac.err()).contains("no pseudonym");
        assertThat(acts()).isEmpty();
    }

    @Test
    void aPseudonymNobodyHasIsOneLineAndOnRecord() {
        CommandRun run = new CommandRun(home);

        assertThat(execute(run, "reveal", "dev-00000000000000000000", "--reason", "theft"))
                .isEqualTo(1);

        assertThat(run.err().lines()).hasSize(1).first().asString().contains("no identity is stored under dev-0000");
        assertThat(acts()).contains("reveal failure dev-00000000000000000000 theft");
    }

    @Test
    void withoutAnyIdentityTheLevelIsNamed() {
        client.deleteIndex(Indices.IDENTITIES);
        CommandRun run = new CommandRun(home);

        assertThat(execute(run, "reveal", phone, "--reason", "theft")).isEqualTo(1);

        assertThat(run.err()).contains("at privacy level aggregate none is");
    }

    @ParameterizedTest
    @ValueSource(strings = {"00:15:65:aa:bb:cc", "001565aabbcc", "10.9.0.7"})
    void aDeviceIsErasedByAnyOfItsNamesWithWhatItsAddressWasCalledBefore(String name) throws Exception {
        String former = Pseudonyms.ofFile(key).of("zurich|10.9.0.7");
        store(former, "\"host.ip\":\"10.9.0.7\",");
        CommandRun run = new CommandRun(home);

        assertThat(execute(run, "erase", name, "--reason", "left")).isZero();

        assertThat(run.out()).contains(phone, former).doesNotContain(MAC, "10.9.0.7", "bobs-phone");
        assertThat(identity(phone) + identity(former))
                .contains("observatory.erased")
                .doesNotContain("host.");
        assertThat(Files.readAllLines(key.resolveSibling("pseudonym.key.erased")))
                .containsExactlyInAnyOrder("+" + phone, "+" + former);
        assertThat(acts().toString())
                .contains("erase success", phone, former, "left")
                .doesNotContain(MAC, "10.9.0.7");
    }

    @Test
    void anErasedDeviceIsNotRevealedAndCanBeErasedAgain() {
        assertThat(execute(new CommandRun(home), "erase", phone)).isZero();
        CommandRun reveal = new CommandRun(home);

        assertThat(execute(reveal, "reveal", phone, "--reason", "theft")).isEqualTo(1);
        assertThat(reveal.err()).contains(phone + " was erased");
        assertThat(execute(new CommandRun(home), "erase", phone)).isZero();
        assertThat(execute(new CommandRun(home), "erase", MAC)).isZero();
    }

    @Test
    void whatCannotBePutOnRecordIsNotErased() throws Exception {
        refuseRecords();

        assertThat(execute(new CommandRun(home), "erase", phone)).isEqualTo(1);

        assertThat(identity(phone)).contains("bobs-phone");
        assertThat(key.resolveSibling("pseudonym.key.erased")).doesNotExist();
    }

    @Test
    void anErasureCanBeTakenBack() throws Exception {
        execute(new CommandRun(home), "erase", phone);

        assertThat(execute(new CommandRun(home), "erase", "--undo", phone)).isZero();

        assertThat(client.get(Indices.IDENTITIES, phone)).isEmpty();
        CommandRun again = new CommandRun(home);
        assertThat(execute(again, "erase", "--undo", phone)).isEqualTo(1);
        assertThat(again.err()).contains(phone + " is not erased");
    }

    @Test
    void anAddressThatSeveralDevicesHadNamesThemAll() throws Exception {
        String other = Pseudonyms.ofFile(key).of("00-15-65-AA-BB-DD");
        store(other, "\"host.mac\":\"00-15-65-AA-BB-DD\",\"host.ip\":\"10.9.0.7\",");
        CommandRun run = new CommandRun(home);

        assertThat(execute(run, "erase", "10.9.0.7")).isEqualTo(1);

        assertThat(run.err()).contains("2 devices", phone, other);
        assertThat(identity(phone)).contains("bobs-phone");
    }

    @Test
    void documentsOfLevelFullAreCountedAsWhatIsLeft() {
        client.put(new Document(
                Indices.DEVICES,
                phone,
                1,
                ("{\"@timestamp\":0,\"host.mac\":\"" + MAC + "\"}").getBytes(StandardCharsets.UTF_8)));
        CommandRun run = new CommandRun(home);

        assertThat(execute(run, "erase", phone)).isEqualTo(1);

        assertThat(run.err()).contains("1 documents written at privacy level full");
        assertThat(acts().toString()).contains("erase failure");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bob", "dev-12", "00:15:65"})
    void whatNamesNoDeviceIsWrongUsage(String name) {
        CommandRun run = new CommandRun(home);

        assertThat(execute(run, "erase", name)).isEqualTo(2);

        assertThat(run.err().lines()).hasSize(1).first().asString().contains("'" + name + "'");
    }

    @Test
    void aKeyThatDidNotMakeThePseudonymIsNoticed() {
        Path other = home.resolve("other.key");
        Pseudonyms.ofFile(other);
        CommandRun run = new CommandRun(home);

        assertThat(execute(run, "erase", phone, "--pseudonym-key", other.toString()))
                .isEqualTo(2);

        assertThat(run.err()).contains("was not made with the key", "--pseudonym-key");
    }

    @Test
    void withoutAKeyNothingIsMade() throws Exception {
        Files.delete(key);
        CommandRun run = new CommandRun(home);

        assertThat(execute(run, "erase", phone)).isEqualTo(2);

        assertThat(run.err()).contains("no key of pseudonyms at " + key);
        assertThat(key).doesNotExist();
    }

    private int execute(CommandRun run, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--elasticsearch", fake.settings().url().toString()));
        return run.execute(all.toArray(String[]::new));
    }

    private void store(String pseudonym, String raw) {
        String json = "{\"@timestamp\":\"2026-11-02T00:00:00Z\",\"device.id\":\"" + pseudonym + "\"," + raw
                + "\"observatory.site\":\"zurich\",\"observatory.last_seen\":\"2026-11-02T00:00:00Z\"}";
        client.put(
                new Document(Indices.IDENTITIES, pseudonym, 1_793_577_600_000L, json.getBytes(StandardCharsets.UTF_8)));
    }

    private String identity(String pseudonym) {
        return client.get(Indices.IDENTITIES, pseudonym).orElseThrow().toString();
    }

    private List<String> acts() {
        List<String> acts = new ArrayList<>();
        client.scan(Indices.AUDIT, null, hit -> {
            var act = hit.path("_source");
            acts.add(act.path("event.action").asText() + " "
                    + act.path("event.outcome").asText() + " "
                    + act.path("observatory.audit.subject").asText() + " "
                    + act.path("event.reason").asText());
        });
        return acts;
    }

    /** Leaves the index of records without any field, so that it refuses all. */
    private void refuseRecords() throws Exception {
        String template =
                "{\"index_patterns\":[\"observatory-audit\"],\"template\":{\"mappings\":{\"properties\":{}}}}";
        try (HttpClient http = HttpClient.newHttpClient()) {
            http.send(
                    HttpRequest.newBuilder(URI.create(fake.settings().url() + "/_index_template/observatory-audit"))
                            .header("Content-Type", "application/json")
                            .PUT(HttpRequest.BodyPublishers.ofString(template))
                            .build(),
                    HttpResponse.BodyHandlers.discarding());
        }
    }
}
