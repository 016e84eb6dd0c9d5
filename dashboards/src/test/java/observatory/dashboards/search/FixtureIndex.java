package observatory.dashboards.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import observatory.jobs.document.Document;
import observatory.jobs.elastic.BulkReply;
import observatory.jobs.elastic.ElasticClient;
import observatory.jobs.elastic.Outcome;

/** The {@link Fixture} in an Elasticsearch, for as long as this is open; nothing else is in it meanwhile. */
public final class FixtureIndex implements AutoCloseable {
    private static final int BATCH = 5_000;

    private final ElasticClient client;

    public FixtureIndex(ElasticClient client) {
        this.client = client;
        clear(client);
        List<Document> documents = Fixture.documents();
        for (int from = 0; from < documents.size(); from += BATCH) {
            BulkReply reply = client.bulk(documents.subList(from, Math.min(from + BATCH, documents.size())))
                    .join();
            assertThat(reply.outcomes())
                    .allSatisfy(outcome ->
                            assertThat(outcome.kind()).as(outcome.reason()).isEqualTo(Outcome.Kind.STORED));
        }
        client.refresh("observatory-*");
    }

    /** Leaves no index behind. */
    public static void clear(ElasticClient client) {
        client.indices("observatory-*").forEach(client::deleteIndex);
    }

    @Override
    public void close() {
        clear(client);
    }
}
