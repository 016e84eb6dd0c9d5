package observatory.jobs.elastic;

import static org.assertj.core.api.Assertions.assertThat;

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
    void theServerHasNoRootPageAndIsHealthyNevertheless() {
        try (ElasticClient client = ElasticClient.to(server())) {
            assertThat(client.check()).extracting(Health::ok).isEqualTo(true);
        }
    }
}
