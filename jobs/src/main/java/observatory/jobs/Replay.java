package observatory.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongConsumer;
import observatory.ingest.archive.FileSurvey;
import observatory.ingest.archive.Survey;
import observatory.ingest.decode.RawMessage;
import observatory.jobs.attribute.Decode;
import observatory.jobs.document.Document;
import observatory.jobs.document.Pseudonyms;
import observatory.jobs.document.SnapshotSets;
import observatory.jobs.elastic.ElasticClient;
import observatory.jobs.sink.ElasticsearchSink;
import observatory.jobs.source.ArchiveSource;
import observatory.jobs.summary.SumUp;
import observatory.jobs.summary.Summary;
import observatory.jobs.summary.Totals;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.HeartbeatManagerOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Runs archives through the job, in this process, to their end. */
public final class Replay {
    private static final Duration LOOK = Duration.ofMillis(250);
    private static final String REJECTIONS = "observatory-rejections-*";

    private final InstantSource clock;

    /** @param clock tells how long a replay took */
    public Replay(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * Replays.
     *
     * @param bytesRead is told, a few times a second, how many uncompressed bytes have been decoded
     * @return the totals
     * @throws ReplayException when the job failed for good; what it wrote stays, and running it again goes on
     */
    public Summary run(ReplaySettings settings, LongConsumer bytesRead) {
        long started = clock.millis();
        Checkpoints checkpoints = new Checkpoints(settings.state());
        try (ElasticClient client = ElasticClient.to(settings.elastic())) {
            client.installTemplates();
            SnapshotSets.documents(settings.config().geo().snapshot()).forEach(client::put);
            // Made here when missing: tasks that start side by side would find each other's half.
            Pseudonyms.ofFile(Path.of(settings.config().pseudonymKey()));
            Totals totals = execute(settings, checkpoints, bytesRead);
            client.refresh("observatory-*");
            checkpoints.delete();
            return new Summary(totals, refused(client), clock.millis() - started);
        }
    }

    /** Whether the files were written by the simulator, which leaves its truth beside or above them. */
    public static boolean isSimulated(Survey survey) {
        for (FileSurvey file : survey.files()) {
            Path folder = Path.of(file.file().path()).toAbsolutePath().getParent();
            for (int up = 0; up < 3 && folder != null; up++, folder = folder.getParent()) {
                if (Files.exists(folder.resolve("truth.json"))) {
                    return true;
                }
            }
        }
        return false;
    }

    private static Totals execute(ReplaySettings settings, Checkpoints checkpoints, LongConsumer bytesRead) {
        Configuration configuration = configuration(settings);
        checkpoints
                .newest()
                .ifPresent(newest -> configuration.set(
                        StateRecoveryOptions.SAVEPOINT_PATH, newest.toUri().toString()));
        try (StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.createLocalEnvironment(settings.parallelism(), configuration)) {
            DataStream<RawMessage> messages = ArchiveSource.from(environment, settings.survey());
            DataStream<Document> documents = ObservatoryJob.define(messages, settings.config());
            documents
                    .sinkTo(ElasticsearchSink.to(settings.elastic()))
                    .uid("elasticsearch")
                    .name("elasticsearch");
            return await(environment.executeAsync("replay"), bytesRead);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ReplayException("the replay was interrupted", e);
        } catch (ReplayException e) {
            throw e;
        } catch (Exception e) {
            throw new ReplayException("the replay could not be started: " + ReplayException.why(e), e);
        }
    }

    private static Configuration configuration(ReplaySettings settings) {
        Configuration configuration = OwnCluster.configuration(settings.parallelism());
        configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, settings.checkpointInterval());
        configuration.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                settings.state().toUri().toString());
        configuration.set(
                CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
                ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
        configuration.set(CheckpointingOptions.TOLERABLE_FAILURE_NUMBER, 100);
        configuration.set(CheckpointingOptions.ALIGNED_CHECKPOINT_TIMEOUT, Duration.ofSeconds(10));
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 3);
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofSeconds(1));
        configuration.set(
                HeartbeatManagerOptions.HEARTBEAT_INTERVAL, Duration.ofSeconds(1)); // accumulators travel with it
        return configuration;
    }

    private static Totals await(JobClient job, LongConsumer bytesRead) throws InterruptedException {
        CompletableFuture<JobExecutionResult> result = job.getJobExecutionResult();
        while (true) {
            try {
                JobExecutionResult ended = result.get(LOOK.toMillis(), TimeUnit.MILLISECONDS);
                Totals totals = ended.getAccumulatorResult(SumUp.NAME);
                return totals == null ? Totals.NONE : totals;
            } catch (TimeoutException e) {
                tellProgress(job, bytesRead);
            } catch (ExecutionException e) {
                throw new ReplayException("the replay failed: " + ReplayException.why(e), e);
            }
        }
    }

    private static void tellProgress(JobClient job, LongConsumer bytesRead) throws InterruptedException {
        try {
            Map<String, Object> accumulators = job.getAccumulators().get(1, TimeUnit.SECONDS);
            if (accumulators.get(Decode.BYTES_READ) instanceof Long bytes) {
                bytesRead.accept(bytes);
            }
        } catch (ExecutionException | TimeoutException | IllegalStateException e) {
            return; // progress is a courtesy, and the cluster may be gone with the job; its end is told all the same
        }
    }

    private static long refused(ElasticClient client) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        JsonNode query =
                json.objectNode().set("term", json.objectNode().put("observatory.rejection.reason", "refused"));
        return client.count(REJECTIONS, query);
    }
}
