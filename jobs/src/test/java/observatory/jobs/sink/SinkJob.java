package observatory.jobs.sink;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import observatory.jobs.document.Document;
import observatory.jobs.elastic.ElasticSettings;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.testutils.InMemoryReporter;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;

/** A job of nothing but numbers, documents made from them, and the sink. */
final class SinkJob {

    static final String INDEX = "observatory-flows-2001.02.03";
    static final String REJECTIONS = "observatory-rejections-2001.02.03";

    /** Each document whose number divides by this has a field nobody declared. */
    static final int STRANGE = 1000;

    private SinkJob() {}

    static MiniClusterExtension cluster(InMemoryReporter metrics) {
        return new MiniClusterExtension(new MiniClusterResourceConfiguration.Builder()
                .setNumberTaskManagers(1)
                .setNumberSlotsPerTaskManager(2)
                .setConfiguration(metrics.addToConfiguration(new Configuration()))
                .build());
    }

    /** Starts it; {@code onTheWay} sees each number before it becomes a document. */
    static JobClient start(ElasticSettings elastic, int documents, int attempts, MapFunction<Long, Long> onTheWay)
            throws Exception {
        Configuration configuration = new Configuration();
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, attempts);
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(50));
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        env.enableCheckpointing(200);
        env.getCheckpointConfig().setTolerableCheckpointFailureNumber(1000);
        env.setParallelism(1);
        env.fromSequence(1, documents)
                .uid("numbers")
                .map(onTheWay)
                .uid("on-the-way")
                .map(SinkJob::document)
                .returns(TypeInformation.of(Document.class))
                .uid("documents")
                .sinkTo(ElasticsearchSink.to(elastic))
                .uid("elasticsearch");
        return env.executeAsync();
    }

    static Document document(long number) {
        String strange = number % STRANGE == 0 ? ",\"surprise\":1" : "";
        String source = "{\"@timestamp\":\"%s\",\"source.bytes\":%d%s}"
                .formatted(Instant.parse("2001-02-03T00:00:00Z").plusMillis(number), number, strange);
        return new Document(INDEX, "n" + number, Document.UNVERSIONED, source.getBytes(UTF_8));
    }

    /** Id to number of every document that must be there in the end. */
    static Map<String, Long> expected(int documents) {
        TreeMap<String, Long> expected = new TreeMap<>();
        for (long number = 1; number <= documents; number++) {
            if (number % STRANGE != 0) {
                expected.put("n" + number, number);
            }
        }
        return expected;
    }

    /** Value of a counter of the sink, over all its attempts. */
    static long counter(InMemoryReporter metrics, JobID job, String name) {
        return metrics.findMetrics(job, name).values().stream()
                .mapToLong(metric -> ((Counter) metric).getCount())
                .sum();
    }
}
