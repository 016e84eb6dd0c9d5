package observatory.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.Serializable;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
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
     * @param config the job; what single flows are called is told only if it writes them
     * @param parallelism tasks side by side, at least 1
     * @param names folder that exists, where the tasks write down what flows are called: a file each, a line a flow, with
     *     sensor, the sensor's id of the flow, name and state of the name between tabs; the name is empty when there is none
     * @return findings and identities in the order of their ids; they have to fit into memory, a few kilobytes each
     * @throws ReplayException when the job failed for good
     */
    public static Result of(Survey survey, JobConfig config, int parallelism, Path names) {
        Pseudonyms.ofFile(Path.of(config.pseudonymKey())); // made before many tasks look for it at once
        Configuration configuration = OwnCluster.configuration(parallelism);
        try (StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.createLocalEnvironment(parallelism, configuration)) {
            DataStream<RawMessage> messages = ArchiveSource.from(environment, survey);
            ObservatoryJob.define(messages, config)
                    .map(new Keep(names.toString()))
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
        private static final ObjectMapper JSON = new ObjectMapper();

        private final String folder;
        private transient Newest newest;
        private transient Writer names;

        @SuppressWarnings("NullAway.Init")
        Keep(String folder) {
            this.folder = folder;
        }

        @Override
        public void open(OpenContext context) throws IOException {
            newest = new Newest();
            getRuntimeContext().addAccumulator(Newest.NAME, newest);
            int task = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask();
            names = Files.newBufferedWriter(Path.of(folder, "names-" + task + ".tsv"));
        }

        @Override
        public Document map(Document document) throws IOException {
            if (isKept(document)) {
                newest.add(document);
            } else if (Indices.isOfFlows(document.index())) {
                name(JSON.readTree(document.json()));
            }
            return document;
        }

        private void name(JsonNode flow) throws IOException {
            names.append(flow.path("observer.name").asText()).append('\t');
            names.append(flow.path("observatory.flow.sensor_id").asText()).append('\t');
            names.append(flow.path("destination.domain").asText()).append('\t');
            names.append(flow.path("observatory.name.state").asText()).append('\n');
        }

        @Override
        public void close() throws IOException {
            if (names != null) {
                names.close();
            }
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
