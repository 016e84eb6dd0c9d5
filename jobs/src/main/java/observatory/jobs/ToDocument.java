package observatory.jobs;

import java.io.Serializable;
import java.nio.file.Path;
import observatory.jobs.document.Document;
import observatory.jobs.document.Documents;
import observatory.jobs.document.Pseudonyms;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;

/** Writes each fact as a document. */
final class ToDocument<T> extends RichMapFunction<T, Document> {
    private static final long serialVersionUID = 1;

    private final JobConfig config;
    private final Writer<T> writer;
    private transient Documents documents;

    @SuppressWarnings("NullAway.Init")
    ToDocument(JobConfig config, Writer<T> writer) {
        this.config = config;
        this.writer = writer;
    }

    @Override
    public void open(OpenContext context) {
        documents = new Documents(
                Pseudonyms.ofFile(Path.of(config.pseudonymKey())),
                config.privacy(),
                config.phones(),
                config.simulated(),
                config.detection().suppressions(),
                config.detection().policy());
    }

    @Override
    public Document map(T fact) {
        return writer.write(documents, fact);
    }

    /** How one kind of fact is written. */
    interface Writer<T> extends Serializable {
        Document write(Documents documents, T fact);
    }
}
