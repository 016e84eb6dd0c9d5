package observatory.jobs;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import observatory.ingest.archive.Archive;
import observatory.ingest.archive.ArchiveSettings;
import observatory.ingest.archive.Survey;
import observatory.ingest.decode.RawMessage;
import observatory.ingest.simulate.BenchmarkInput;
import observatory.ingest.simulate.BenchmarkSettings;
import observatory.jobs.source.ArchiveSource;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/**
 * What a flow costs from log line to document, without Elasticsearch: CPU of the process, which a busy machine changes
 * less than time. Arguments: number of flows; {@code true} when all are named by an answer, {@code false} when none has a
 * name and there is no answer.
 */
final class NamingBenchmark {
    private static final int ROUNDS = 5;

    private NamingBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        long flows = Long.parseLong(arguments[0]);
        Path folder = Files.createTempDirectory("naming-benchmark");
        BenchmarkInput.write(
                BenchmarkSettings.standard().withFlows(flows).withNames(Boolean.parseBoolean(arguments[1])), folder);
        Survey survey = Survey.of(
                Archive.of(List.of(folder), new ArchiveSettings(null, null, null))
                        .files(),
                1);
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        for (int round = 1; round <= ROUNDS; round++) {
            long cpu = system.getProcessCpuTime();
            run(survey);
            double micros = (system.getProcessCpuTime() - cpu) / 1_000.0;
            System.out.printf("round %d: %.1f us CPU a flow%n", round, micros / flows);
        }
        System.exit(0); // the cluster of the tests keeps its threads
    }

    private static void run(Survey survey) throws Exception {
        Configuration settings = new Configuration();
        settings.set(PipelineOptions.OBJECT_REUSE, true);
        try (StreamExecutionEnvironment environment = StreamExecutionEnvironment.createLocalEnvironment(1, settings)) {
            DataStream<RawMessage> messages = ArchiveSource.from(environment, survey);
            ObservatoryJob.define(messages, JobRun.config(survey)).sinkTo(new DiscardingSink<>());
            environment.execute("benchmark");
        }
    }
}
