package observatory.jobs.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import observatory.jobs.elastic.ElasticClient;
import observatory.jobs.elastic.FakeElasticsearch;
import observatory.jobs.elastic.FakeElasticsearch.Fault;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.testutils.InMemoryReporter;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.util.ExceptionUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The sink on a mini cluster, against a server that misbehaves on purpose. */
@Timeout(120)
class ElasticsearchSinkTest {

    private static final InMemoryReporter METRICS = InMemoryReporter.createWithRetainedMetrics();

    @RegisterExtension
    static final MiniClusterExtension CLUSTER = SinkJob.cluster(METRICS);

    private final FakeElasticsearch fake = new FakeElasticsearch();

    @BeforeEach
    void installTemplates() {
        try (ElasticClient client = ElasticClient.to(fake.settings())) {
            client.installTemplates();
        }
        Failing.reset();
    }

    @AfterEach
    void stop() {
        fake.close();
    }

    @Test
    void eachDocumentEndsInOneOutcome() throws Exception {
        JobClient job = SinkJob.start(fake.settings(), 10_000, 0, number -> number);
        job.getJobExecutionResult().get();

        assertThat(stored()).isEqualTo(SinkJob.expected(10_000));
        assertThat(fake.documents(SinkJob.REJECTIONS)).hasSize(10);
        assertThat(SinkJob.counter(METRICS, job.getJobID(), "documentsStored")).isEqualTo(9_990);
        assertThat(SinkJob.counter(METRICS, job.getJobID(), "documentsRefused")).isEqualTo(10);
        assertThat(SinkJob.counter(METRICS, job.getJobID(), "rejectionsLost")).isZero();
    }

    @Test
    void aServerThatRefusesLosesAndForgetsChangesNothingInTheEnd() throws Exception {
        Fault[] faults = {
            Fault.NONE, Fault.BUSY, Fault.NONE, Fault.LOST_QUESTION, Fault.NONE, Fault.LOST_ANSWER, Fault.PARTLY_BUSY
        };
        fake.inject(request -> request < 30 ? faults[request % faults.length] : Fault.NONE);

        JobClient job = SinkJob.start(fake.settings(), 30_000, 0, number -> number);
        job.getJobExecutionResult().get();

        assertThat(fake.bulks()).isGreaterThan(20);
        assertThat(stored()).isEqualTo(SinkJob.expected(30_000));
        assertThat(fake.documents(SinkJob.REJECTIONS)).hasSize(30);
        assertThat(SinkJob.counter(METRICS, job.getJobID(), "documentsStored")).isEqualTo(29_970);
        assertThat(SinkJob.counter(METRICS, job.getJobID(), "documentsRefused")).isEqualTo(30);
        assertThat(SinkJob.counter(METRICS, job.getJobID(), "documentsRetried")).isGreaterThan(2_000);
    }

    @Test
    void aRejectionNamesItsDocument() throws Exception {
        SinkJob.start(fake.settings(), 1_000, 0, number -> number)
                .getJobExecutionResult()
                .get();

        JsonNode rejection =
                fake.documents(SinkJob.REJECTIONS).values().iterator().next();
        assertThat(rejection.path("observatory.rejection.reason").asText()).isEqualTo("refused");
        assertThat(rejection.path("observatory.rejection.index").asText()).isEqualTo(SinkJob.INDEX);
        assertThat(rejection.path("observatory.rejection.document").asText()).isEqualTo("n1000");
        assertThat(rejection.path("observatory.rejection.detail").asText()).contains("[surprise]");
    }

    @Test
    void aJobThatFailsUnderFaultsLeavesTheSameDocuments() throws Exception {
        Fault[] faults = {Fault.NONE, Fault.LOST_ANSWER, Fault.PARTLY_BUSY, Fault.BUSY};
        fake.inject(request -> request < 20 ? faults[request % faults.length] : Fault.NONE);

        SinkJob.start(fake.settings(), 30_000, 1, new Failing(15_000))
                .getJobExecutionResult()
                .get();

        assertThat(Failing.FIRST_AFTER_FAILURE)
                .as("the source does not start anew")
                .hasValueGreaterThan(1);
        assertThat(stored()).isEqualTo(SinkJob.expected(30_000));
        assertThat(fake.documents(SinkJob.REJECTIONS)).hasSize(30);
    }

    @Test
    void aWrongLoginFailsTheJobWithTheServersWords() throws Exception {
        fake.inject(request -> Fault.LOCKED);
        JobClient job = SinkJob.start(fake.settings(), 100, 0, number -> number);

        assertThatThrownBy(() -> job.getJobExecutionResult().get(60, TimeUnit.SECONDS))
                .satisfies(e -> assertThat(ExceptionUtils.findThrowableWithMessage(
                                e, "status 401, security_exception: missing authentication credentials"))
                        .isPresent());
    }

    private Map<String, Long> stored() {
        Map<String, Long> stored = new TreeMap<>();
        fake.documents(SinkJob.INDEX)
                .forEach((id, source) ->
                        stored.put(id, source.path("source.bytes").asLong()));
        return stored;
    }

    /** Fails once, at the first checkpoint after a number went by; slow from there, so that one can happen. */
    private static final class Failing implements MapFunction<Long, Long>, CheckpointListener {

        static final AtomicBoolean HAS_FAILED = new AtomicBoolean();
        static final AtomicLong FIRST_AFTER_FAILURE = new AtomicLong();

        private final long number;
        private boolean isPast;
        private boolean isDue;

        Failing(long number) {
            this.number = number;
        }

        static void reset() {
            HAS_FAILED.set(false);
            FIRST_AFTER_FAILURE.set(0);
        }

        @Override
        public Long map(Long value) throws InterruptedException {
            if (HAS_FAILED.get()) {
                FIRST_AFTER_FAILURE.compareAndSet(0, value);
                return value;
            }
            if (value >= number) {
                isPast = true;
                Thread.sleep(2);
            }
            if (isDue) {
                HAS_FAILED.set(true);
                throw new IllegalStateException("failure on purpose");
            }
            return value;
        }

        @Override
        public void notifyCheckpointComplete(long checkpoint) {
            isDue = isPast;
        }
    }
}
