package observatory.jobs;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import observatory.ingest.archive.Survey;
import observatory.ingest.decode.RawMessage;
import observatory.jobs.document.Document;
import observatory.jobs.document.Indices;
import observatory.jobs.document.Pseudonyms;
import observatory.jobs.source.ArchiveSource;
import observatory.jobs.summary.SumUp;
import observatory.jobs.summary.Summary;
import observatory.jobs.summary.Totals;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.api.common.accumulators.Accumulator;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/** What the whole job finds in archives, without Elasticsearch: for holding findings against what is known to be true. */
public final class Evaluation {
    private Evaluation() {}

    /**
     * What was found.
     *
     * @param findings the last state of every finding, JSON as it would be stored
     * @param identities the identity of every device that was seen, likewise
     * @param summary the totals, without wall time
     */
    public record Result(List<String> findings, List<String> identities, Summary summary) {
        public Result {
            findings = List.copyOf(findings);
            identities = List.copyOf(identities);
        }
    }

    /**
     * Reads archives to their end.
     *
     * @param config the job; single flows need not be written, since nothing is kept of them
     * @param parallelism tasks side by side, at least 1
     * @return findings and identities in the order of their ids; they have to fit into memory, a few kilobytes each
     * @throws ReplayException when the job failed for good
     */
    public static Result of(Survey survey, JobConfig config, int parallelism) {
        Pseudonyms.ofFile(Path.of(config.pseudonymKey())); // made before many tasks look for it at once
        Configuration configuration = OwnCluster.configuration(parallelism);
        try (StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.createLocalEnvironment(parallelism, configuration)) {
            DataStream<RawMessage> messages = ArchiveSource.from(environment, survey);
            ObservatoryJob.define(messages, config)
                    .filter(Evaluation::isKept)
                    .uid("kept")
                    .map(new Keep())
                    .uid("keep")
                    .sinkTo(new DiscardingSink<>())
                    .uid("end");
            return result(environment.execute("evaluation"));
        } catch (Exception e) {
            throw new ReplayException("the evaluation failed: " + e.getMessage(), e);
        }
    }

    private static boolean isKept(Document document) {
        return document.index().equals(Indices.FINDINGS) || document.index().equals(Indices.IDENTITIES);
    }

    private static Result result(JobExecutionResult ended) {
        Map<String, Kept> newest = new TreeMap<>(ended.<HashMap<String, Kept>>getAccumulatorResult(Newest.NAME));
        Totals totals = ended.getAccumulatorResult(SumUp.NAME);
        return new Result(
                of(Indices.FINDINGS, newest),
                of(Indices.IDENTITIES, newest),
                new Summary(totals == null ? Totals.NONE : totals, 0, 0));
    }

    private static List<String> of(String index, Map<String, Kept> newest) {
        return newest.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(index + "/"))
                .map(entry -> entry.getValue().json())
                .toList();
    }

    private record Kept(long version, String json) implements Serializable {}

    /** Hands what it is given to whoever started the job. */
    private static final class Keep extends RichMapFunction<Document, Document> {
        private static final long serialVersionUID = 1;

        private transient Newest newest;

        @SuppressWarnings("NullAway.Init")
        Keep() {}

        @Override
        public void open(OpenContext context) {
            newest = new Newest();
            getRuntimeContext().addAccumulator(Newest.NAME, newest);
        }

        @Override
        public Document map(Document document) {
            newest.add(document);
            return document;
        }
    }

    /** The newest state of every document: states of one finding may be told a thousand times. */
    private static final class Newest implements Accumulator<Document, HashMap<String, Kept>> {
        static final String NAME = "documents";
        private static final long serialVersionUID = 1;

        // Reports of the task's progress read it while documents come.
        private final ConcurrentHashMap<String, Kept> kept = new ConcurrentHashMap<>();

        @Override
        public void add(Document document) {
            keep(
                    document.index() + "/" + document.id(),
                    new Kept(document.version(), new String(document.json(), StandardCharsets.UTF_8)));
        }

        private void keep(String id, Kept document) {
            kept.merge(id, document, (one, other) -> other.version() >= one.version() ? other : one);
        }

        @Override
        public HashMap<String, Kept> getLocalValue() {
            return new HashMap<>(kept);
        }

        @Override
        public void resetLocal() {
            kept.clear();
        }

        @Override
        public void merge(Accumulator<Document, HashMap<String, Kept>> other) {
            other.getLocalValue().forEach(this::keep);
        }

        @Override
        public Accumulator<Document, HashMap<String, Kept>> clone() {
            Newest copy = new Newest();
            copy.merge(this);
            return copy;
        }
    }
}
