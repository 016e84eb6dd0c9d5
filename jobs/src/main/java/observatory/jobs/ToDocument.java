package observatory.jobs;

import java.io.Serializable;
import java.nio.file.Path;
import observatory.jobs.document.Document;
import observatory.jobs.document.Documents;
import observatory.jobs.document.Pseudonyms;
import observatory.jobs.finding.Suppressions;
import observatory.jobs.finding.policy.Policy;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;

/** Writes each fact as a document. */
final class ToDocument<T> extends RichMapFunction<T, Document> {
    private static final long serialVersionUID = 1;

    private final String pseudonymKey;
    private final boolean simulated;
    private final Suppressions suppressions;
    private final Policy policy;
    private final Writer<T> writer;
    private transient Documents documents;

    @SuppressWarnings("NullAway.Init")
    ToDocument(JobConfig config, Writer<T> writer) {
        this.pseudonymKey = config.pseudonymKey();
        this.simulated = config.simulated();
        this.suppressions = config.detection().suppressions();
        this.policy = config.detection().policy();
        this.writer = writer;
    }

    @Override
    public void open(OpenContext context) {
        documents = new Documents(Pseudonyms.ofFile(Path.of(pseudonymKey)), simulated, suppressions, policy);
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
