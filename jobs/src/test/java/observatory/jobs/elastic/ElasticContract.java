package observatory.jobs.elastic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import observatory.jobs.document.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the client promises, whatever server answers. */
abstract class ElasticContract {

    private static final String FLOWS = "observatory-flows-2001.02.03";
    private static final String FINDINGS = "observatory-findings";

    private ElasticClient client;

    /** The server under test. */
    abstract ElasticSettings server();

    @BeforeEach
    void connect() {
        client = ElasticClient.to(server());
        client.installTemplates();
    }

    @AfterEach
    void leaveNothing() {
        client.deleteIndex(FLOWS);
        client.deleteIndex(FINDINGS);
        client.close();
    }

    @Test
    void aRunningServerIsHealthy() {
        Health health = client.check();

        assertThat(health.ok()).as(health.sentence()).isTrue();
        assertThat(health.sentence())
                .startsWith("Elasticsearch 9.")
                .contains(server().url().toString());
    }

    @Test
    void documentsWrittenInBulkAreFound() {
        BulkReply reply = client.bulk(List.of(flow("a", 443), flow("b", 53))).join();
        client.refresh(FLOWS);

        assertThat(reply.outcomes())
                .extracting(Outcome::kind)
                .containsOnly(Outcome.Kind.STORED)
                .hasSize(2);
        assertThat(client.count(FLOWS)).isEqualTo(2);
        assertThat(client.count(FLOWS, json("{\"term\":{\"destination.port\":53}}")))
                .isEqualTo(1);
    }

    @Test
    void writingAnIdAgainOverwrites() {
        client.bulk(List.of(flow("a", 1), flow("a", 2))).join();
        client.bulk(List.of(flow("a", 3))).join();
        client.refresh(FLOWS);

        assertThat(client.count(FLOWS)).isEqualTo(1);
        assertThat(client.get(FLOWS, "a").orElseThrow().path("destination.port").asInt())
                .isEqualTo(3);
    }

    @Test
    void anOlderStateNeverReplacesANewerOne() {
        client.bulk(List.of(finding("f", 7))).join();
        BulkReply late = client.bulk(List.of(finding("f", 6))).join();
        client.bulk(List.of(finding("f", 7))).join();

        assertThat(late.outcomes().getFirst().kind()).isEqualTo(Outcome.Kind.STORED);
        assertThat(client.get(FINDINGS, "f")
                        .orElseThrow()
                        .path("observatory.finding.count")
                        .asInt())
                .isEqualTo(7);
    }

    @Test
    void aFieldNobodyDeclaredIsRefusedWithTheRootCause() {
        Document strange = document(FLOWS, "x", "{\"@timestamp\":0,\"surprise\":1}");

        BulkReply reply =
                client.bulk(List.of(flow("a", 1), strange, flow("b", 2))).join();

        assertThat(reply.outcomes())
                .extracting(Outcome::kind)
                .containsExactly(Outcome.Kind.STORED, Outcome.Kind.REFUSED, Outcome.Kind.STORED);
        assertThat(reply.outcomes().get(1).status()).isEqualTo(400);
        assertThat(reply.outcomes().get(1).reason()).contains("strict_dynamic_mapping_exception", "[surprise]");
    }

    @Test
    void aSourceThatIsNotJsonIsRefusedAloneWhateverItsBytes() {
        List<Document> mixed = List.of(
                flow("a", 1), document(FLOWS, "x", "{\"@timestamp\":\n0"), document(FLOWS, "y", ""), flow("b", 2));

        BulkReply reply = client.bulk(mixed).join();

        assertThat(reply.outcomes())
                .extracting(Outcome::kind)
                .containsExactly(Outcome.Kind.STORED, Outcome.Kind.REFUSED, Outcome.Kind.REFUSED, Outcome.Kind.STORED);
    }

    @Test
    void anIdTheServerCannotTakeIsRefusedAloneAlthoughItSpoilsTheRequest() {
        List<Document> mixed = List.of(flow("a", 1), flow("x".repeat(600), 2), flow("", 3), flow("b", 4), flow("c", 5));

        BulkReply reply = client.bulk(mixed).join();

        assertThat(reply.outcomes())
                .extracting(Outcome::kind)
                .containsExactly(
                        Outcome.Kind.STORED,
                        Outcome.Kind.REFUSED,
                        Outcome.Kind.REFUSED,
                        Outcome.Kind.STORED,
                        Outcome.Kind.STORED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "a b", "a/b", "a+b", "50%", "\"quoted\"", "Zürich", "tab\there", "#?&="})
    void anyIdCanBeWrittenReadAndDeleted(String id) {
        client.bulk(List.of(flow(id, 1))).join();

        assertThat(client.get(FLOWS, id)).isPresent();
        assertThat(client.delete(FLOWS, id)).isTrue();
        assertThat(client.delete(FLOWS, id)).isFalse();
        assertThat(client.get(FLOWS, id)).isEmpty();
    }

    @Test
    void oneDocumentCanBePutAndReadAtOnce() {
        client.put(finding("f", 3));

        assertThat(client.get(FINDINGS, "f")
                        .orElseThrow()
                        .path("observatory.finding.count")
                        .asInt())
                .isEqualTo(3);
        assertThatThrownBy(() -> client.put(document(FINDINGS, "g", "{\"surprise\":1}")))
                .isInstanceOf(ElasticException.class)
                .hasMessageContaining("[surprise]")
                .extracting(e -> ((ElasticException) e).status())
                .isEqualTo(400);
    }

    @Test
    void whatIsMissingIsEmpty() {
        assertThat(client.count(FLOWS)).isZero();
        assertThat(client.get(FLOWS, "a")).isEmpty();
        assertThat(client.search(FLOWS, "{}").path("hits").path("hits")).isEmpty();
        assertThat(client.deleteIndex(FLOWS)).isFalse();
        assertThat(client.bulk(List.of()).join().outcomes()).isEmpty();
        client.refresh(FLOWS);
    }

    @Test
    void aSearchGivesTheServersOwnTree() {
        client.bulk(List.of(flow("a", 443), flow("b", 53))).join();
        client.refresh(FLOWS);

        JsonNode found = client.search(FLOWS, "{\"query\":{\"term\":{\"destination.port\":443}},\"size\":5}");

        assertThat(found.path("hits").path("total").path("value").asInt()).isEqualTo(1);
        assertThat(found.path("hits").path("hits").path(0).path("_id").asText()).isEqualTo("a");
    }

    @Test
    void aQueryNobodyUnderstandsFailsWithTheReason() {
        client.bulk(List.of(flow("a", 443))).join();

        assertThatThrownBy(() -> client.search(FLOWS, "{\"query\":{\"guess\":{}}}"))
                .isInstanceOf(ElasticException.class)
                .hasMessageContaining("searching " + FLOWS)
                .hasMessageContaining("unknown query [guess]");
        assertThatThrownBy(() -> client.search(FLOWS, "{")).hasMessageContaining("is not JSON");
    }

    @Test
    void aScanHandsOverEveryDocumentOnce() {
        List<Document> many =
                IntStream.range(0, 2345).mapToObj(i -> flow("id" + i, i)).toList();
        client.bulk(many).join();
        client.refresh(FLOWS);
        List<String> ids = new ArrayList<>();

        client.scan(FLOWS, null, hit -> ids.add(hit.path("_id").asText()));

        assertThat(ids).hasSize(2345);
        assertThat(new TreeSet<>(ids)).hasSize(2345);
    }

    @Test
    void indicesAreListedAndDeletedByName() {
        client.bulk(List.of(flow("a", 1))).join();

        assertThat(client.indices("observatory-flows-2001*")).containsExactly(FLOWS);
        assertThat(client.deleteIndex(FLOWS)).isTrue();
        assertThat(client.indices("observatory-flows-2001*")).isEmpty();
        assertThatThrownBy(() -> client.deleteIndex("observatory-*")).hasMessageContaining("by its name");
    }

    static Document flow(String id, int port) {
        return document(FLOWS, id, "{\"@timestamp\":\"2001-02-03T04:05:06Z\",\"destination.port\":" + port + "}");
    }

    private static Document finding(String id, int count) {
        byte[] json = ("{\"@timestamp\":0,\"observatory.finding.count\":" + count + "}").getBytes(UTF_8);
        return new Document(FINDINGS, id, count, json);
    }

    static Document document(String index, String id, String json) {
        return new Document(index, id, Document.UNVERSIONED, json.getBytes(UTF_8));
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
