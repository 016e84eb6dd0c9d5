package observatory.jobs.sink;

import static org.assertj.core.api.Assertions.assertThat;

import observatory.jobs.document.Document;
import observatory.jobs.elastic.ElasticClient;
import observatory.jobs.elastic.FakeElasticsearch;
import observatory.jobs.elastic.FakeElasticsearch.Fault;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.connector.sink2.CommittableMessage;
import org.apache.flink.streaming.runtime.operators.sink.SinkWriterOperatorFactory;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The writer in an operator harness, where time stands still unless a test moves it. */
@Timeout(60)
class ElasticsearchWriterTest {

    private final FakeElasticsearch fake = new FakeElasticsearch();

    @BeforeEach
    void installTemplates() {
        try (ElasticClient client = ElasticClient.to(fake.settings())) {
            client.installTemplates();
        }
    }

    @AfterEach
    void stop() {
        fake.close();
    }

    @Test
    void whatIsNotSentYetSurvivesInTheCheckpoint() throws Exception {
        OperatorSubtaskState state;
        try (var writer = writer()) {
            writer.open();
            write(writer, 1, 1_500);
            writer.prepareSnapshotPreBarrier(1);
            state = writer.snapshot(1, 1);
        }
        assertThat(fake.bulks()).isZero();

        try (var restored = writer()) {
            restored.initializeState(state);
            restored.open();
            write(restored, 1_501, 1_600);
            restored.endInput();
        }
        assertThat(fake.documents(SinkJob.INDEX))
                .hasSize(1_599)
                .containsOnlyKeys(SinkJob.expected(1_600).keySet());
        assertThat(fake.documents(SinkJob.REJECTIONS)).hasSize(1);
    }

    @Test
    void whatTheServerDidNotTakeSurvivesInTheCheckpointToo() throws Exception {
        fake.inject(request -> Fault.BUSY);
        OperatorSubtaskState state;
        try (var writer = writer()) {
            writer.open();
            write(writer, 1, 2_500);
            writer.prepareSnapshotPreBarrier(1);
            state = writer.snapshot(1, 1);
        }
        assertThat(fake.bulks()).isOne();
        fake.inject(request -> Fault.NONE);

        try (var restored = writer()) {
            restored.initializeState(state);
            restored.open();
            restored.endInput();
        }
        assertThat(fake.documents(SinkJob.INDEX))
                .containsOnlyKeys(SinkJob.expected(2_500).keySet());
    }

    @Test
    void aRestingWriterSendsNothingUntilItsPauseIsOver() throws Exception {
        fake.inject(request -> request == 0 ? Fault.BUSY : Fault.NONE);
        try (var writer = writer()) {
            writer.open();
            write(writer, 1, 2_000);
            writer.prepareSnapshotPreBarrier(1);
            write(writer, 2_001, 4_500);
            assertThat(fake.bulks()).isOne();

            writer.setProcessingTime(250);
            write(writer, 4_501, 4_501);
            writer.prepareSnapshotPreBarrier(2);
        }
        assertThat(fake.bulks()).isGreaterThan(1);
        assertThat(fake.documents(SinkJob.INDEX)).containsKey("n1").containsKey("n3999");
    }

    @Test
    void aDocumentWaitsASecondForOthers() throws Exception {
        try (var writer = writer()) {
            writer.open();
            write(writer, 1, 1);
            writer.setProcessingTime(999);
            assertThat(fake.bulks()).isZero();

            writer.setProcessingTime(1_000);
            writer.prepareSnapshotPreBarrier(1);
        }
        assertThat(fake.documents(SinkJob.INDEX)).containsOnlyKeys("n1");
    }

    @Test
    void aRefusedRejectionEndsThere() throws Exception {
        try (var writer = writer()) {
            writer.open();
            String tooLong = "i".repeat(600);
            byte[] strange = "{\"surprise\":1}".getBytes(java.nio.charset.StandardCharsets.UTF_8);
            fake.withoutField("observatory.rejection.document");
            writer.processElement(new Document(SinkJob.INDEX, tooLong, Document.UNVERSIONED, strange), 0);
            writer.endInput();
        }
        assertThat(fake.bulks()).as("once as a document, once as a rejection").isEqualTo(2);
        assertThat(fake.documents(SinkJob.REJECTIONS)).isEmpty();
    }

    @Test
    void aDocumentTooLargeForARequestIsRejectedWithItsSize() throws Exception {
        byte[] json = ("{\"@timestamp\":\"2001-02-03T00:00:00Z\",\"observatory.site\":\"" + "x".repeat(1_200_000)
                        + "\"}")
                .getBytes(java.nio.charset.StandardCharsets.UTF_8);
        try (var writer = writer()) {
            writer.open();
            writer.processElement(new Document(SinkJob.INDEX, "big", Document.UNVERSIONED, json), 0);
            writer.endInput();
        }
        assertThat(fake.documents(SinkJob.REJECTIONS).values())
                .singleElement()
                .satisfies(rejection -> assertThat(
                                rejection.path("observatory.rejection.detail").asText())
                        .startsWith("document_too_large: 1200"));
    }

    private OneInputStreamOperatorTestHarness<Document, CommittableMessage<Object>> writer() throws Exception {
        return new OneInputStreamOperatorTestHarness<>(
                new SinkWriterOperatorFactory<>(ElasticsearchSink.to(fake.settings())));
    }

    private static void write(OneInputStreamOperatorTestHarness<Document, ?> writer, int from, int to)
            throws Exception {
        for (int number = from; number <= to; number++) {
            writer.processElement(SinkJob.document(number), number);
        }
    }
}
