package observatory.jobs.sink;

import java.util.Collection;
import java.util.List;
import observatory.jobs.document.Document;
import observatory.jobs.elastic.ElasticSettings;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.connector.base.sink.AsyncSinkBase;
import org.apache.flink.connector.base.sink.writer.BufferedRequestState;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * Carries documents to Elasticsearch at least once; their ids make that exactly once.
 *
 * <ul>
 *   <li>Stored: counted.
 *   <li>Not now (429, 5xx, no answer): kept, in order, and sent again after a growing pause, for as long as it takes.
 *       What does not fit the buffer waits upstream. A checkpoint keeps the buffer.
 *   <li>Refused for what it is (other 4xx): counted, and a document in {@code observatory-rejections-*} says which and
 *       why. A rejection that is refused itself is counted and logged.
 *   <li>Refused for who asks (401, 403 to the whole request): the job fails with the server's words.
 * </ul>
 *
 * <p>Metrics of the writer: {@code documentsStored}, {@code documentsRefused}, {@code documentsRetried} (attempts),
 * {@code rejectionsLost}. Templates are to be installed before the job starts.
 */
public final class ElasticsearchSink extends AsyncSinkBase<Document, PendingWrite> {

    /** Documents of a full request. More of them cost the server no less each. */
    static final int BATCH = 2_000;

    /** Bytes of a request before compression; well below the 100 MB at which Elasticsearch refuses. */
    static final long BATCH_BYTES = 5_000_000;

    /** A document larger than this is refused here: it would fill a request alone, and ours have 1 KB. */
    static final int DOCUMENT_BYTES = 1_000_000;

    /** Per writer: one is indexed while the next is encoded. */
    static final int IN_FLIGHT = 2;

    /** Documents that wait in memory, and in a checkpoint, before the stream is held. */
    static final int BUFFER = 10_000;

    /** A document waits no longer than this for others to share a request with. */
    static final long LINGER_MS = 1_000;

    private final ElasticSettings settings;

    private ElasticsearchSink(ElasticSettings settings) {
        super(
                (document, context) -> ElasticsearchWriter.admit(document),
                BATCH,
                IN_FLIGHT,
                BUFFER,
                BATCH_BYTES,
                LINGER_MS,
                BATCH_BYTES);
        this.settings = settings;
    }

    /** A sink into that Elasticsearch. */
    public static ElasticsearchSink to(ElasticSettings settings) {
        return new ElasticsearchSink(settings);
    }

    @Override
    public SinkWriter<Document> createWriter(WriterInitContext context) {
        return restoreWriter(context, List.of());
    }

    @Override
    public StatefulSinkWriter<Document, BufferedRequestState<PendingWrite>> restoreWriter(
            WriterInitContext context, Collection<BufferedRequestState<PendingWrite>> state) {
        return ElasticsearchWriter.open(settings, getElementConverter(), context, state);
    }

    @Override
    public SimpleVersionedSerializer<BufferedRequestState<PendingWrite>> getWriterStateSerializer() {
        return new PendingWriteSerializer();
    }
}
