package observatory.jobs.elastic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract on a real server, and what only a real one can tell about the templates. */
@Tag("slow")
class RealElasticsearchTest extends ElasticContract {

    @Override
    ElasticSettings server() {
        return RealElasticsearch.settings();
    }

    static Iterable<String> names() {
        return IndexTemplates.names();
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyIndexIsStrict(String name) {
        String index = "observatory-" + name + (isDated(name) ? "-1999.01.01" : "");
        try (ElasticClient client = ElasticClient.to(server())) {
            BulkReply reply = client.bulk(List.of(
                            document(index, "known", "{\"@timestamp\":\"1999-01-01T00:00:00Z\"}"),
                            document(index, "unknown", "{\"@timestamp\":0,\"surprise\":1}")))
                    .join();

            assertThat(reply.outcomes())
                    .extracting(Outcome::kind)
                    .containsExactly(Outcome.Kind.STORED, Outcome.Kind.REFUSED);
            assertThat(client.deleteIndex(index)).isTrue();
        }
    }

    private static boolean isDated(String name) {
        return new String(IndexTemplates.json(name), java.nio.charset.StandardCharsets.UTF_8).contains("-*\"");
    }

    @Test
    void anIndexOfAnEarlierVersionGetsTheFieldsDeclaredSince() throws Exception {
        String index = "observatory-flows-1998.01.01";
        try (ElasticClient client = ElasticClient.to(server())) {
            create(index, "{\"dynamic\":\"strict\",\"properties\":{\"@timestamp\":{\"type\":\"date\"}}}");
            client.installTemplates();

            BulkReply reply = client.bulk(List.of(
                            document(index, "new", "{\"@timestamp\":0,\"observatory.party.role\":\"first\"}"),
                            document(index, "odd", "{\"@timestamp\":0,\"surprise\":1}")))
                    .join();

            assertThat(reply.outcomes())
                    .extracting(Outcome::kind)
                    .containsExactly(Outcome.Kind.STORED, Outcome.Kind.REFUSED);
            assertThat(client.deleteIndex(index)).isTrue();
        }
    }

    @Test
    void anIndexThatHoldsAFieldAsSomethingElseIsNamedWithTheField() throws Exception {
        String index = "observatory-flows-1998.01.02";
        try (ElasticClient client = ElasticClient.to(server())) {
            create("observatory-flows-1998.01.01", "{\"properties\":{\"source.bytes\":{\"type\":\"long\"}}}");
            create(index, "{\"properties\":{\"source.bytes\":{\"type\":\"keyword\"}}}");

            assertThatThrownBy(client::installTemplates)
                    .isInstanceOf(ElasticException.class)
                    .hasMessageContaining(index)
                    .hasMessageContaining("[source.bytes]");
            assertThat(client.deleteIndex(index)).isTrue();
            assertThat(client.deleteIndex("observatory-flows-1998.01.01")).isTrue();
        }
    }

    /** Makes an index as an earlier version would have made it: without the template of today. */
    private void create(String index, String mappings) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            call(http, to("_index_template/observatory-flows").DELETE());
            call(http, to(index).PUT(HttpRequest.BodyPublishers.ofString("{\"mappings\":" + mappings + "}")));
        }
    }

    private HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create(server().url() + "/" + path))
                .header("Content-Type", "application/json");
    }

    private static void call(HttpClient http, HttpRequest.Builder request) throws Exception {
        http.send(request.build(), HttpResponse.BodyHandlers.discarding());
    }

    @Test
    void theServerHasNoRootPageAndIsHealthyNevertheless() {
        try (ElasticClient client = ElasticClient.to(server())) {
            assertThat(client.check()).extracting(Health::ok).isEqualTo(true);
        }
    }
}
