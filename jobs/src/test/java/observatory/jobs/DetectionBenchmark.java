package observatory.jobs;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import observatory.ingest.archive.Archive;
import observatory.ingest.archive.ArchiveSettings;
import observatory.ingest.archive.FileSurvey;
import observatory.ingest.archive.Survey;
import observatory.ingest.decode.RawMessage;
import observatory.ingest.simulate.Simulation;
import observatory.ingest.simulate.SimulationSettings;
import observatory.jobs.document.Document;
import observatory.jobs.source.ArchiveSource;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the detections cost beside the rest of the pipeline, without Elasticsearch: flows a second of the whole job and of
 * the same without them, in turn; and CPU time of the thread of every Flink task, read ten times a second until the job
 * ends. A task is counted by the first of its operators; what detections have chained to a task of the pipeline (a filter
 * and a map) is counted with the pipeline. Not one of the tests; README.md "Detections" says how to run it.
 */
class DetectionBenchmark {
    /** The first one is for the compiler. */
    private static final int ROUNDS = 3;

    private static final Path RESULT = Path.of("target", "detection-benchmark.txt");

    private final List<String> lines = new ArrayList<>();

    @TempDir
    private Path folder;

    /** First operators of the tasks without which there would be no documents; all others belong to a detection. */
    private static final Set<String> PIPELINE = Set.of(
            "Source: archive",
            "decode",
            "name",
            "guess",
            "rollup",
            "coverage",
            "naming-loss",
            "combine-totals",
            "sum-up",
            "Map",
            "Sink: Writer");

    @Test
    void measure() throws Exception {
        Simulation.run(SimulationSettings.demo(), folder);
        Survey survey = Survey.of(
                Archive.of(List.of(folder), new ArchiveSettings(null, null, null))
                        .files(),
                1);
        long flows = survey.files().stream()
                .filter(file -> file.file().path().endsWith("conn.log"))
                .mapToLong(FileSurvey::observations)
                .sum();
        for (int round = 1; round <= ROUNDS; round++) {
            rate(round, "without detections", flows, () -> run(survey, false));
            tell(rate(round, "the whole job", flows, () -> run(survey, true)), flows);
        }
        Files.write(RESULT, lines);
    }

    private Map<String, Double> rate(int round, String what, long flows, Callable<Map<String, Double>> run)
            throws Exception {
        long start = System.nanoTime();
        Map<String, Double> tasks = run.call();
        double seconds = (System.nanoTime() - start) / 1e9;
        lines.add("round %d, %s: %,d flows in %.1f s, %,.0f flows/s"
                .formatted(round, what, flows, seconds, flows / seconds));
        return tasks;
    }

    private void tell(Map<String, Double> tasks, long flows) {
        double detections = 0;
        double pipeline = 0;
        for (Map.Entry<String, Double> task : tasks.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .toList()) {
            boolean isPipeline = PIPELINE.contains(task.getKey());
            pipeline += isPipeline ? task.getValue() : 0;
            detections += isPipeline ? 0 : task.getValue();
            lines.add("  %-10s %-24s %7.2f us a flow"
                    .formatted(isPipeline ? "pipeline" : "detection", task.getKey(), task.getValue() / flows));
        }
        lines.add("  pipeline %.1f us a flow, detections %.1f us: %.0f %% of the pipeline"
                .formatted(pipeline / flows, detections / flows, 100 * detections / pipeline));
    }

    /** CPU of each task in microseconds, by its first operator. */
    private static Map<String, Double> run(Survey survey, boolean detects) throws Exception {
        Map<Long, Double> cpu = new HashMap<>();
        Map<Long, String> names = new HashMap<>();
        try (StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.createLocalEnvironment(1, OwnCluster.configuration(1))) {
            DataStream<RawMessage> messages = ArchiveSource.from(environment, survey);
            JobConfig config = JobRun.config(survey);
            DataStream<Document> documents = detects
                    ? ObservatoryJob.define(messages, config)
                    : ObservatoryJob.write(ObservatoryJob.picture(messages, config), config);
            documents.sinkTo(new DiscardingSink<>()).uid("end");
            var result = environment.executeAsync("cost").getJobExecutionResult();
            while (!result.isDone()) {
                look(cpu, names);
                Thread.sleep(100);
            }
            result.get();
        }
        Map<String, Double> tasks = new TreeMap<>();
        names.forEach((id, name) -> tasks.merge(first(name), cpu.getOrDefault(id, 0.0), Double::sum));
        return tasks;
    }

    private static void look(Map<Long, Double> cpu, Map<Long, String> names) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        for (ThreadInfo info : threads.getThreadInfo(threads.getAllThreadIds())) {
            // A task's thread is called by its operators, its number and its attempt: "decode (1/1)#0".
            if (info != null && info.getThreadName().endsWith("(1/1)#0")) {
                names.put(info.getThreadId(), info.getThreadName());
                double micros = threads.getThreadCpuTime(info.getThreadId()) / 1_000.0; // below 0 once it has ended
                cpu.merge(info.getThreadId(), micros, Math::max);
            }
        }
    }

    private static String first(String task) {
        return task.replaceAll("^(OutputFlusher|System Time Trigger|Time Trigger) for ", "")
                .replaceAll(" (->|\\(1/1\\)).*", "");
    }
}
