package observatory.jobs.sink;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ThreadLocalRandom;
import observatory.jobs.document.Document;
import observatory.jobs.elastic.BulkReply;
import observatory.jobs.elastic.ElasticClient;
import observatory.jobs.elastic.ElasticSettings;
import observatory.jobs.elastic.Outcome;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.common.operators.ProcessingTimeService;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.connector.base.sink.writer.AsyncSinkWriter;
import org.apache.flink.connector.base.sink.writer.BufferedRequestState;
import org.apache.flink.connector.base.sink.writer.DequeRequestBuffer;
import org.apache.flink.connector.base.sink.writer.ElementConverter;
import org.apache.flink.connector.base.sink.writer.ResultHandler;
import org.apache.flink.connector.base.sink.writer.SimpleBatchCreator;
import org.apache.flink.connector.base.sink.writer.config.AsyncSinkWriterConfiguration;
import org.apache.flink.metrics.Counter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One parallel instance of the sink. Everything but the request itself happens on the task's thread: an answer only
 * leaves a mail there, so nothing here is shared, and whatever goes wrong while judging an answer fails the task instead
 * of getting lost on a thread of the client.
 *
 * <p>What is to be sent again goes back to the buffer at once, in its old order, and the writer rests: no request goes out
 * until a timer of the task says so. While Elasticsearch is away the task waits in that rest, so checkpoints are late
 * (tolerate failed ones) and the stream is held; nothing is lost either way, the last checkpoint still knows it all.
 */
final class ElasticsearchWriter extends AsyncSinkWriter<Document, PendingWrite> {

    private static final Logger LOG = LoggerFactory.getLogger(ElasticsearchWriter.class);
    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(250), Duration.ofSeconds(5));

    /** An end for a request whose answer never came; the client gives up long before. */
    private static final long REQUEST_TIMEOUT_MS = Duration.ofMinutes(10).toMillis();

    private final ElasticClient client;
    private final Pace pace;
    private final MailboxExecutor mailbox;
    private final ProcessingTimeService timers;
    private final Counter stored;
    private final Counter refused;
    private final Counter retried;
    private final Counter rejectionsLost;
    private int failuresInARow;

    static ElasticsearchWriter open(
            ElasticSettings settings,
            ElementConverter<Document, PendingWrite> converter,
            WriterInitContext context,
            Collection<BufferedRequestState<PendingWrite>> state) {
        return new ElasticsearchWriter(
                ElasticClient.to(settings),
                new Pace(ElasticsearchSink.IN_FLIGHT, ElasticsearchSink.BATCH),
                converter,
                context,
                state);
    }

    private ElasticsearchWriter(
            ElasticClient client,
            Pace pace,
            ElementConverter<Document, PendingWrite> converter,
            WriterInitContext context,
            Collection<BufferedRequestState<PendingWrite>> state) {
        super(
                converter,
                context,
                configuration(pace),
                state,
                new SimpleBatchCreator<>(ElasticsearchSink.BATCH_BYTES),
                new DequeRequestBuffer<>());
        this.client = client;
        this.pace = pace;
        this.mailbox = context.getMailboxExecutor();
        this.timers = context.getProcessingTimeService();
        this.stored = context.metricGroup().counter("documentsStored");
        this.refused = context.metricGroup().counter("documentsRefused");
        this.retried = context.metricGroup().counter("documentsRetried");
        this.rejectionsLost = context.metricGroup().counter("rejectionsLost");
    }

    private static AsyncSinkWriterConfiguration configuration(Pace pace) {
        return AsyncSinkWriterConfiguration.builder()
                .setMaxBatchSize(ElasticsearchSink.BATCH)
                .setMaxBatchSizeInBytes(ElasticsearchSink.BATCH_BYTES)
                .setMaxInFlightRequests(ElasticsearchSink.IN_FLIGHT)
                .setMaxBufferedRequests(ElasticsearchSink.BUFFER)
                .setMaxTimeInBufferMS(ElasticsearchSink.LINGER_MS)
                .setMaxRecordSizeInBytes(ElasticsearchSink.BATCH_BYTES)
                .setRequestTimeoutMS(REQUEST_TIMEOUT_MS)
                .setFailOnTimeout(false)
                .setRateLimitingStrategy(pace)
                .build();
    }

    /** A document, or its rejection when no request could carry it. */
    static PendingWrite admit(Document document) {
        PendingWrite write = PendingWrite.of(document);
        if (write.size() <= ElasticsearchSink.DOCUMENT_BYTES) {
            return write;
        }
        return Refusal.rejection(
                write,
                "document_too_large: %d bytes, at most %d are written"
                        .formatted(write.size(), ElasticsearchSink.DOCUMENT_BYTES));
    }

    @Override
    protected long getSizeInBytes(PendingWrite write) {
        return write.size();
    }

    @Override
    protected void submitRequestEntries(List<PendingWrite> batch, ResultHandler<PendingWrite> result) {
        List<Document> documents = batch.stream().map(PendingWrite::document).toList();
        // Leaving a mail fails only when the task has ended, and then nobody waits for the answer.
        var unused = client.bulk(documents)
                .whenComplete((reply, failure) ->
                        mailbox.execute(() -> settle(batch, reply, failure, result), "answer of Elasticsearch"));
    }

    private void settle(
            List<PendingWrite> batch,
            @Nullable BulkReply reply,
            @Nullable Throwable failure,
            ResultHandler<PendingWrite> result) {
        if (reply == null) {
            result.completeExceptionally(asException(failure));
            return;
        }
        List<PendingWrite> again = new ArrayList<>();
        int waiting = 0;
        String reason = "";
        for (int i = 0; i < batch.size(); i++) {
            PendingWrite write = batch.get(i);
            Outcome outcome = reply.outcomes().get(i);
            switch (outcome.kind()) {
                case STORED -> count(write);
                case REFUSED -> refuse(write, outcome, again);
                case RETRY -> {
                    retried.inc();
                    again.add(write);
                    waiting++;
                    reason = outcome.reason();
                }
            }
        }
        if (waiting < batch.size()) {
            recover();
        }
        if (waiting > 0) {
            rest(reason, waiting);
        }
        result.retryForEntries(again);
    }

    private void count(PendingWrite write) {
        (write.rejection() ? refused : stored).inc();
    }

    private void refuse(PendingWrite write, Outcome outcome, List<PendingWrite> again) {
        if (write.rejection()) {
            refused.inc();
            rejectionsLost.inc();
            if (isRound(rejectionsLost.getCount())) {
                LOG.error(
                        "Elasticsearch refuses rejections, {} so far; the last: {}",
                        rejectionsLost.getCount(),
                        outcome.reason());
            }
        } else {
            again.add(Refusal.rejection(write, outcome.reason()));
        }
    }

    /** Requests that were on their way together fail together; that is one failure. */
    private void rest(String reason, int documents) {
        if (pace.isResting()) {
            return;
        }
        failuresInARow++;
        Duration pause =
                BACKOFF.after(failuresInARow, ThreadLocalRandom.current().nextDouble());
        if (isRound(failuresInARow)) {
            LOG.warn(
                    "Elasticsearch did not take {} documents, attempt {} follows in {} ms: {}",
                    documents,
                    failuresInARow + 1,
                    pause.toMillis(),
                    reason);
        }
        pace.rest();
        var unused = timers.registerTimer(timers.getCurrentProcessingTime() + pause.toMillis(), time -> pace.resume());
    }

    /** It judged some of them: for the rest a short pause will do. */
    private void recover() {
        if (failuresInARow > 0 && !pace.isResting()) {
            LOG.info("Elasticsearch takes documents again after {} failures", failuresInARow);
            failuresInARow = 0;
        }
    }

    /** 1, 2, 4, 8, ...: a log that says how bad it is without growing with it. */
    private static boolean isRound(long count) {
        return Long.bitCount(count) == 1;
    }

    private static Exception asException(@Nullable Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause instanceof Exception exception
                ? exception
                : new IllegalStateException("bulk request failed", cause);
    }

    @Override
    public void close() {
        client.close();
    }
}
