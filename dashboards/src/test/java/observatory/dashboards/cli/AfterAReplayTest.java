package observatory.dashboards.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import observatory.jobs.attribute.CatalogueHome;
import observatory.jobs.elastic.ElasticClient;
import observatory.jobs.elastic.RealElasticsearch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that work on what a replay has stored: a phone that asks a resolver of its own, in a real Elasticsearch. */
@Tag("slow")
class AfterAReplayTest {
    private static final String CONN =
            "{\"_path\":\"conn\",\"ts\":1790000000.5,\"uid\":\"C%s\",\"id.orig_h\":\"10.1.20.5\","
                    + "\"id.orig_p\":4%s,\"id.resp_h\":\"9.9.9.9\",\"id.resp_p\":53,\"proto\":\"udp\",\"service\":\"dns\","
                    + "\"duration\":0.1,\"orig_bytes\":40,\"resp_bytes\":80,\"orig_pkts\":1,\"resp_pkts\":1,"
                    + "\"orig_ip_bytes\":68,\"resp_ip_bytes\":108,\"orig_l2_addr\":\"00:15:65:aa:bb:01\"}\n";

    private static final String TLS_CONN =
            "{\"_path\":\"conn\",\"ts\":1790000000.5,\"uid\":\"C3\",\"id.orig_h\":\"10.1.20.5\",\"id.orig_p\":40003,"
                    + "\"id.resp_h\":\"198.51.100.7\",\"id.resp_p\":443,\"proto\":\"tcp\",\"service\":\"ssl\","
                    + "\"duration\":0.1,\"orig_bytes\":900,\"resp_bytes\":3000,\"orig_pkts\":8,\"resp_pkts\":8,"
                    + "\"orig_ip_bytes\":1220,\"resp_ip_bytes\":3320,\"orig_l2_addr\":\"00:15:65:aa:bb:01\"}\n";
    private static final String TLS =
            "{\"_path\":\"ssl\",\"ts\":1790000000.51,\"uid\":\"C3\",\"id.orig_h\":\"10.1.20.5\",\"id.orig_p\":40003,"
                    + "\"id.resp_h\":\"198.51.100.7\",\"id.resp_p\":443,\"version\":\"TLSv13\","
                    + "\"server_name\":\"prov.phones.example\"}\n";

    @TempDir
    private static Path home;

    private static String elasticsearch;

    @BeforeAll
    static void replay() throws Exception {
        elasticsearch = RealElasticsearch.settings().url().toString();
        CatalogueHome.layOut(home);
        Path logs = Files.createDirectories(home.resolve("logs"));
        Files.writeString(
                logs.resolve("conn.log"), CONN.formatted("1", "0001") + CONN.formatted("2", "0002") + TLS_CONN);
        Files.writeString(logs.resolve("ssl.log"), TLS);
        assertThat(new CommandRun(home).execute("replay", logs.toString(), "--elasticsearch", elasticsearch))
                .isZero();
    }

    @AfterAll
    static void empty() {
        try (ElasticClient client = client()) {
            client.indices("observatory-*").forEach(client::deleteIndex);
        }
    }

    @Test
    void aFindingIsListedAndDecidedByTheBeginningOfItsId() {
        assertThat(run("findings", "list")).contains("open", "1 findings: 1 open");
        String id = run("findings", "list").substring(0, 8);

        String decided = run("findings", "acknowledge", id, "--reason", "asked the owner", "--user", "ann");

        assertThat(decided).contains("acknowledged", "by ann: asked the owner");
        assertThat(run("findings", "list")).startsWith("1 findings: 1 acknowledged");
        assertThat(run("findings", "list", "--state", "all", "--json")).contains("\"_id\":\"" + id);
        run("findings", "reopen", id, "--reason", "it was another");
        assertThat(run("findings", "list")).contains("1 findings: 1 open");
    }

    @Test
    void aStoredFlowIsExplainedInWords() {
        for (String id : flows()) {
            assertThat(run("explain", id))
                    .contains("Flow            " + id + " in observatory-flows-2026.09.21")
                    .contains("(a pseudonym)")
                    .contains("from the device's port 4000")
                    .contains("to 9.9.9.9 port 53, UDP, dns")
                    .contains("68 bytes in 1 packets from the device, 108 bytes in 1 packets to it")
                    .contains("none; the address lies in a range that the catalogue ties to a service")
                    .containsPattern(
                            "data          snapshot [0-9a-f]+\n                catalogue \\(geo-data/catalogue\\) [0-9a-f]{8}, 20")
                    .contains("The same data is in use today, and this is how it comes to that")
                    .doesNotContain("10.1.20.5")
                    .doesNotContainIgnoringCase("00-15-65-aa-bb-01");
        }
    }

    @Test
    void ofAnAddressItIsToldWhatIsStoredOfIt() {
        assertThat(run("explain", "9.9.9.9"))
                .contains("Endpoint        ")
                .contains("Stored          2 flows of 1 devices at ")
                .contains("nothing in 2 flows: the address lies in a range of the catalogue, state none (2)")
                .contains("addresses     9.9.9.9 (2)")
                .containsPattern("finding       [0-9a-zA-Z_-]{8}  open")
                .containsPattern("latest        [0-9a-zA-Z_-]{20} in observatory-flows-2026.09.21");
        assertThat(run("explain", "9.9.9.9", "--json")).contains("\"stored\" : {", "\"flows\" : 2");
        assertThat(run("explain", "8.8.8.8")).contains("Stored          no flow to it");
        assertThat(run("explain", "dns.quad9.net")).contains("Stored          no flow to it");
    }

    @Test
    void anEndpointStandsForTheNamesBelowIt() {
        String called = "prov.phones.example in 1 flows: announced by the flows themselves";
        assertThat(run("explain", "prov.phones.example")).contains(called);
        assertThat(run("explain", "phones.example")).contains(called, "endpoint      phones.example (1)");
        assertThat(run("explain", "other.example")).contains("Stored          no flow to it");
    }

    @Test
    void anIdOfNoFlowIsOneLine() {
        CommandRun run = new CommandRun(home);

        assertThat(run.execute("explain", "-aaaaaaaaaaaaaaaaaaa", "--elasticsearch", elasticsearch))
                .isEqualTo(1);
        assertThat(run.err().lines()).hasSize(1).allMatch(line -> line.contains("no flow with the id -aaa"));
    }

    @Test
    void aStateThatIsNoneIsWrongUsage() {
        CommandRun run = new CommandRun(home);

        assertThat(run.execute("findings", "list", "--state", "done", "--elasticsearch", elasticsearch))
                .isEqualTo(2);
        assertThat(run.err()).contains("'done' is no state");
    }

    private static String run(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--elasticsearch", elasticsearch));
        CommandRun run = new CommandRun(home);
        assertThat(run.execute(all.toArray(String[]::new))).as(run.err()).isZero();
        return run.out();
    }

    private static List<String> flows() {
        List<String> ids = new ArrayList<>();
        ObjectNode term = JsonNodeFactory.instance.objectNode().put("destination.ip", "9.9.9.9");
        try (ElasticClient client = client()) {
            client.refresh("observatory-flows-*");
            client.scan(
                    "observatory-flows-*",
                    JsonNodeFactory.instance.objectNode().set("term", term),
                    hit -> ids.add(hit.path("_id").asText()));
        }
        assertThat(ids).hasSize(2);
        return ids;
    }

    private static ElasticClient client() {
        return ElasticClient.to(RealElasticsearch.settings());
    }
}
