package observatory.jobs.elastic;

import org.junit.jupiter.api.AfterAll;

/** The contract on the fake server, so that tests on it mean something. */
class FakeElasticsearchTest extends ElasticContract {

    private static final FakeElasticsearch FAKE = new FakeElasticsearch();

    @Override
    ElasticSettings server() {
        return FAKE.settings();
    }

    @AfterAll
    static void stop() {
        FAKE.close();
    }
}
