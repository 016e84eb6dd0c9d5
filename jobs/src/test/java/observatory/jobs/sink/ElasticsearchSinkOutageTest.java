package observatory.jobs.sink;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import observatory.jobs.elastic.ElasticClient;
import observatory.jobs.elastic.ElasticsearchProcess;
import observatory.jobs.elastic.RealElasticsearch;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.testutils.InMemoryReporter;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The sink on a real Elasticsearch that is killed in the middle and stays away for 30 s. */
@Tag("slow")
@Timeout(300)
class ElasticsearchSinkOutageTest {

    private static final int DOCUMENTS = 100_000;
    private static final long OUTAGE_MS = 30_000;
    private static final AtomicLong SEEN = new AtomicLong();

    @RegisterExtension
    static final MiniClusterExtension CLUSTER = SinkJob.cluster(InMemoryReporter.create());

    @Test
    void elasticsearchKilledInTheMiddleAndAwayForHalfAMinuteLosesNothing() throws Exception {
        ElasticsearchProcess elasticsearch = RealElasticsearch.process();
        JobClient job = SinkJob.start(elasticsearch.settings(), DOCUMENTS, 0, ElasticsearchSinkOutageTest::observe);
        while (SEEN.get() < DOCUMENTS / 3) {
            Thread.sleep(20);
        }
        elasticsearch.kill();
        Thread.sleep(OUTAGE_MS);
        assertThat(SEEN).as("the stream is held").hasValueLessThan(DOCUMENTS);
        elasticsearch.restart();
        job.getJobExecutionResult().get();

        try (ElasticClient client = ElasticClient.to(elasticsearch.settings())) {
            client.refresh("observatory-*");
            assertThat(numbers(client)).isEqualTo(SinkJob.expected(DOCUMENTS));
            assertThat(client.count(SinkJob.REJECTIONS)).isEqualTo(DOCUMENTS / SinkJob.STRANGE);
            client.deleteIndex(SinkJob.INDEX);
            client.deleteIndex(SinkJob.REJECTIONS);
        }
    }

    private static Long observe(Long number) {
        SEEN.incrementAndGet();
        return number;
    }

    private static Map<String, Long> numbers(ElasticClient client) {
        Map<String, Long> numbers = new TreeMap<>();
        client.scan(
                SinkJob.INDEX,
                null,
                (JsonNode hit) -> numbers.put(
                        hit.path("_id").asText(),
                        hit.path("_source").path("source.bytes").asLong()));
        return numbers;
    }
}
