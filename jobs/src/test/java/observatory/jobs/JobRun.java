package observatory.jobs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.regex.Pattern;
import observatory.ingest.archive.Archive;
import observatory.ingest.archive.ArchiveSettings;
import observatory.ingest.archive.FileSurvey;
import observatory.ingest.archive.Survey;
import observatory.ingest.decode.RawMessage;
import observatory.ingest.netflow.SessionSettings;
import observatory.jobs.attribute.GeoAccess;
import observatory.jobs.attribute.Inventory;
import observatory.jobs.attribute.PhoneNetworks;
import observatory.jobs.attribute.Sites;
import observatory.jobs.attribute.Witnesses;
import observatory.jobs.document.Document;
import observatory.jobs.document.Privacy;
import observatory.jobs.finding.DetectionSettings;
import observatory.jobs.source.ArchiveSource;
import observatory.jobs.summary.SumUp;
import observatory.jobs.summary.Summary;
import observatory.jobs.summary.Totals;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.streaming.util.TestStreamEnvironment;

/**
 * One run of the whole graph over log files on a mini cluster, without Elasticsearch.
 *
 * @param summary the totals
 * @param documents what an index would hold at the end: {@code index/id} to source, newest version
 */
record JobRun(Summary summary, Map<String, String> documents) {

    private static final MiniCluster FLINK = started();

    /** One cluster serves all runs of this JVM, since starting one takes longer than most runs. */
    private static MiniCluster started() {
        Configuration anyPort = OwnCluster.configuration(2);
        anyPort.set(RestOptions.BIND_PORT, "0");
        MiniCluster cluster = new MiniCluster(new MiniClusterConfiguration.Builder()
                .setConfiguration(anyPort)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(2)
                .build());
        try {
            cluster.start();
        } catch (Exception e) {
            throw new IllegalStateException("the mini cluster does not start", e);
        }
        return cluster;
    }

    /** The project's home, where the data packages are. */
    static Path home() {
        return Path.of(Objects.requireNonNullElse(System.getProperty("observatory.home"), ".."))
                .toAbsolutePath();
    }

    static JobRun of(List<Path> paths, int parallelism) throws Exception {
        return of(
                Survey.of(
                        Archive.of(paths, new ArchiveSettings(null, null, null)).files(), 1),
                parallelism);
    }

    static JobRun of(Survey survey, int parallelism) throws Exception {
        return of(survey, parallelism, config(survey));
    }

    static JobRun of(Survey survey, int parallelism, JobConfig config) throws Exception {
        return of(environment -> ArchiveSource.from(environment, survey), parallelism, config);
    }

    static JobRun of(
            Function<StreamExecutionEnvironment, DataStream<RawMessage>> input, int parallelism, JobConfig config)
            throws Exception {
        Configuration strict = OwnCluster.configuration(parallelism);
        StreamExecutionEnvironment environment =
                new TestStreamEnvironment(FLINK, strict, parallelism, List.of(), List.of());
        DataStream<RawMessage> messages = input.apply(environment);
        String run = UUID.randomUUID().toString();
        Collected collected = Keep.begin(run);
        ObservatoryJob.define(messages, config)
                .map(new Keep(run))
                .uid("keep")
                .sinkTo(new DiscardingSink<>())
                .uid("end");
        JobClient job = environment.executeAsync("test");
        JobExecutionResult result = job.getJobExecutionResult().get(10, TimeUnit.MINUTES);
        Totals totals = result.getAccumulatorResult(SumUp.NAME);
        return new JobRun(new Summary(totals == null ? Totals.NONE : totals, 0, 0), collected.newest);
    }

    static JobConfig config(Survey survey) throws IOException {
        return config(survey, Privacy.PSEUDONYMOUS);
    }

    static JobConfig config(Survey survey, Privacy privacy) throws IOException {
        Path key = Path.of(System.getProperty("java.io.tmpdir"), "observatory-test.key");
        Files.writeString(key, "00".repeat(32));
        return new JobConfig(
                GeoAccess.under(home()),
                PhoneNetworks.ASSUMED,
                Sites.BY_SENSOR,
                Inventory.NONE,
                Witnesses.EQUAL,
                SessionSettings.ARCHIVE,
                key.toString(),
                privacy,
                false,
                true,
                Duration.ZERO,
                survey.minTimeNanos() == FileSurvey.NO_TIME ? 0 : Math.floorDiv(survey.maxTimeNanos(), 1_000_000L),
                DetectionSettings.assumed(
                        survey.minTimeNanos() == FileSurvey.NO_TIME
                                ? 0
                                : Math.floorDiv(survey.minTimeNanos(), 1_000_000L)));
    }

    /** The same without flows and DNS answers. */
    static JobConfig withoutFlows(JobConfig config) {
        return changed(config, false, config.lateness());
    }

    /** The same where records may come so late. */
    static JobConfig live(JobConfig config, Duration lateness) {
        return changed(config, config.raw(), lateness);
    }

    private static JobConfig changed(JobConfig config, boolean raw, Duration lateness) {
        return new JobConfig(
                config.geo(),
                config.phones(),
                config.sites(),
                config.inventory(),
                config.witnesses(),
                config.sessions(),
                config.pseudonymKey(),
                config.privacy(),
                config.simulated(),
                raw,
                lateness,
                config.endMillis(),
                config.detection());
    }

    /** The same without a field of numbers. */
    JobRun without(String field) {
        Pattern one = Pattern.compile("\"" + Pattern.quote(field) + "\":\\d+,?");
        Map<String, String> others = new TreeMap<>();
        documents.forEach((key, json) -> others.put(key, one.matcher(json).replaceAll("")));
        return new JobRun(summary, others);
    }

    /** The documents that one run has and the other has not, or has otherwise. */
    List<String> differences(JobRun other) {
        TreeSet<String> keys = new TreeSet<>(documents.keySet());
        keys.addAll(other.documents.keySet());
        return keys.stream()
                .filter(key -> !Objects.equals(documents.get(key), other.documents.get(key)))
                .map(key -> key + ": " + documents.get(key) + " <> " + other.documents.get(key))
                .limit(5)
                .toList();
    }

    /** Keeps the documents of a run in this JVM, where the cluster runs as well. */
    private static final class Keep implements MapFunction<Document, Document> {
        private static final long serialVersionUID = 1;
        private static final Map<String, Collected> RUNS = new ConcurrentHashMap<>();

        private final String run;

        Keep(String run) {
            this.run = run;
        }

        static Collected begin(String run) {
            Collected collected = new Collected();
            RUNS.put(run, collected);
            return collected;
        }

        @Override
        public Document map(Document document) {
            Objects.requireNonNull(RUNS.get(run)).add(document);
            return document;
        }
    }

    private static final class Collected {
        private final Map<String, String> newest = new TreeMap<>();
        private final Map<String, Long> versions = new TreeMap<>();

        synchronized void add(Document document) {
            String key = document.index() + "/" + document.id();
            if (document.version() >= versions.getOrDefault(key, Long.MIN_VALUE)) {
                versions.put(key, document.version());
                newest.put(key, new String(document.json(), StandardCharsets.UTF_8));
            }
        }
    }
}
