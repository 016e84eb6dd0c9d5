package observatory.jobs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import observatory.ingest.decode.RawMessage;
import observatory.jobs.attribute.GeoAccess;
import observatory.jobs.attribute.GeoChange;
import observatory.jobs.attribute.GeoWatch;
import observatory.jobs.document.Document;
import observatory.jobs.document.GeoAct;
import observatory.jobs.document.Pseudonyms;
import observatory.jobs.document.SnapshotSets;
import observatory.jobs.elastic.ElasticClient;
import observatory.jobs.sink.ElasticsearchSink;
import observatory.jobs.source.KafkaMessages;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * The job on live input, in this process, until it is closed. Every few seconds it keeps a checkpoint; started again,
 * after a stop or a {@code kill -9}, it goes on from the newest one, so that every record counts once.
 */
public final class Live implements AutoCloseable {
    private static final Duration STOP = Duration.ofSeconds(30);

    private final StreamExecutionEnvironment environment;
    private final JobClient job;
    private final CompletableFuture<JobExecutionResult> result;

    private Live(StreamExecutionEnvironment environment, JobClient job) {
        this.environment = environment;
        this.job = job;
        this.result = job.getJobExecutionResult();
    }

    /**
     * Starts the job.
     *
     * @throws ReplayException when it cannot be started
     */
    public static Live start(LiveSettings settings) {
        try (ElasticClient client = ElasticClient.to(settings.elastic())) {
            client.installTemplates();
            SnapshotSets.documents(settings.config().geo().snapshot()).forEach(client::put);
        }
        // Made here when missing: tasks that start side by side would find each other's half.
        Pseudonyms.ofFile(Path.of(settings.config().pseudonymKey()));
        Optional<Path> newest = new Checkpoints(settings.state()).newest();
        newest.ifPresent(kept -> forgetOthers(settings.state(), kept));
        Configuration configuration = configuration(settings, newest.orElse(null));
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.createLocalEnvironment(settings.parallelism(), configuration);
        try {
            DataStream<RawMessage> messages = KafkaMessages.from(environment, settings.kafka());
            DataStream<Document> documents =
                    ObservatoryJob.define(messages, new StoredEndpoints(settings.elastic()), settings.config());
            documents
                    .union(changesOfData(environment, settings))
                    .sinkTo(ElasticsearchSink.to(settings.elastic()))
                    .uid("elasticsearch")
                    .name("elasticsearch");
            return new Live(environment, environment.executeAsync("live"));
        } catch (Exception e) {
            throw new ReplayException("the live job could not be started: " + ReplayException.why(e), e);
        }
    }

    /**
     * When the observation began: when this was first called on the folder. It decides for how long new endpoints are
     * learned, and no findings.
     *
     * @param state folder for checkpoints
     * @param clock the time
     */
    public static long beginning(Path state, InstantSource clock) {
        Path file = state.resolve("beginning");
        try {
            if (!Files.exists(file)) {
                Files.createDirectories(state);
                Files.writeString(file, Long.toString(clock.millis()));
            }
            return Long.parseLong(Files.readString(file).strip());
        } catch (IOException | NumberFormatException e) {
            throw new ReplayException(file + " does not tell when the observation began: " + e.getMessage(), e);
        }
    }

    /** Why the job has ended by itself, which it does only when it failed for good; empty while it runs. */
    public Optional<String> failure() {
        if (!result.isDone()) {
            return Optional.empty();
        }
        try {
            result.get(0, TimeUnit.SECONDS);
            return Optional.of("the live job has ended");
        } catch (ExecutionException e) {
            return Optional.of("the live job failed: " + ReplayException.why(e));
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** Stops the job; what came after the last checkpoint is read again by the next start. */
    @Override
    public void close() {
        try {
            if (!result.isDone()) {
                job.cancel().get(STOP.toSeconds(), TimeUnit.SECONDS);
            }
            environment.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            throw new ReplayException("the live job did not stop in order: " + ReplayException.why(e), e);
        }
    }

    private static Configuration configuration(LiveSettings settings, @Nullable Path checkpoint) {
        Configuration configuration = OwnCluster.configuration(settings.parallelism());
        configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, settings.checkpointInterval());
        configuration.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                settings.state().toUri().toString());
        configuration.set(
                CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
                ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
        configuration.set(CheckpointingOptions.MAX_RETAINED_CHECKPOINTS, 2); // the newest may be cut off by a kill
        configuration.set(CheckpointingOptions.TOLERABLE_FAILURE_NUMBER, 100);
        configuration.set(CheckpointingOptions.ALIGNED_CHECKPOINT_TIMEOUT, Duration.ofSeconds(10));
        // Kafka or Elasticsearch may be away for a night; the job tries again until they are back.
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "exponential-delay");
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_MAX_BACKOFF, Duration.ofMinutes(1));
        if (checkpoint != null) {
            configuration.set(
                    StateRecoveryOptions.SAVEPOINT_PATH, checkpoint.toUri().toString());
        }
        return configuration;
    }

    /** What the data behind attributions was changed to while the job ran, for the record. */
    private static DataStream<Document> changesOfData(StreamExecutionEnvironment environment, LiveSettings settings) {
        GeoAccess geo = settings.config().geo();
        return GeoWatch.define(
                        environment, geo, settings.geoWatch(), settings.kafka().clock())
                .flatMap((GeoChange change, Collector<Document> out) -> {
                    out.collect(GeoAct.document(change));
                    SnapshotSets.documents(geo.snapshot()).forEach(out::collect);
                })
                .returns(TypeInformation.of(Document.class))
                .uid("write-geo-change")
                .name("write-geo-change");
    }

    /** Each start keeps its checkpoints in a folder of its own; those of starts before the last one are of no more use. */
    private static void forgetOthers(Path state, Path kept) {
        Path job = kept.getParent();
        try (Stream<Path> folders = Files.list(state)) {
            List<Path> old = folders.filter(folder -> Files.isDirectory(folder) && !folder.equals(job))
                    .toList();
            for (Path folder : old) {
                deleteTree(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("old checkpoints in " + state + " cannot be deleted", e);
        }
    }

    private static void deleteTree(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
