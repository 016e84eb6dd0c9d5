package observatory.dashboards.local;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import observatory.ingest.archive.Archive;
import observatory.ingest.archive.ArchiveFile;
import observatory.ingest.archive.ArchiveSettings;
import observatory.ingest.archive.FileSurvey;
import observatory.ingest.archive.Survey;
import observatory.ingest.netflow.SessionSettings;
import observatory.jobs.Destinations;
import observatory.jobs.JobConfig;
import observatory.jobs.Replay;
import observatory.jobs.ReplaySettings;
import observatory.jobs.attribute.GeoAccess;
import observatory.jobs.attribute.Inventory;
import observatory.jobs.attribute.PhoneNetworks;
import observatory.jobs.attribute.Reached;
import observatory.jobs.attribute.Sites;
import observatory.jobs.attribute.Witnesses;
import observatory.jobs.document.Privacy;
import observatory.jobs.elastic.ElasticSettings;
import observatory.jobs.finding.DetectionSettings;
import observatory.jobs.summary.Summary;

/** Replays files on this machine: looks through them once, then runs the job over them to their end. */
public final class LocalReplay {
    private static final Duration TICK = Duration.ofMillis(250);
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Path home;
    private final InstantSource clock;

    /**
     * @param home folder of the project, below which data packages and {@code .observatory} are
     * @param clock tells how long it takes
     */
    public LocalReplay(Path home, InstantSource clock) {
        this.home = home;
        this.clock = clock;
    }

    /**
     * What to replay, and how.
     *
     * @param paths files and folders
     * @param archive what is stated about the files
     * @param geo where the tables of addresses, names and parties are
     * @param phones which addresses are phones
     * @param sites which networks belong to which site
     * @param detection what the detections are to know; where the observation begins is told by the logs
     * @param preferred exporters and sensors whose word is taken first where several tell one connection
     * @param privacy how much documents tell of single devices
     * @param raw whether single flows and DNS answers are written
     * @param parallelism tasks side by side, at least 1
     * @param state folder under which a replay that was cut off finds its checkpoints
     */
    public record Order(
            List<Path> paths,
            ArchiveSettings archive,
            GeoAccess geo,
            PhoneNetworks phones,
            Sites sites,
            DetectionSettings detection,
            List<String> preferred,
            Privacy privacy,
            boolean raw,
            int parallelism,
            Path state) {
        public Order {
            paths = List.copyOf(paths);
            preferred = List.copyOf(preferred);
        }
    }

    /** Is told how far a replay is. */
    public interface Watcher {
        /** What will be read, once it is known; and what lies in the folders and is no log. */
        void found(Archive archive);

        /** What the inventories among the files say, and which of their rows are not used. */
        void listed(Listed listed);

        /** The files are being looked through. */
        void surveying(long doneBytes, long totalBytes, Duration elapsed);

        /** The job runs over them. */
        void replaying(long doneBytes, long totalBytes, Duration elapsed);
    }

    /**
     * Replays to the end.
     *
     * @throws observatory.ingest.archive.ArchiveException for a path that is no log
     * @throws observatory.jobs.ReplayException when the job failed for good
     */
    public Summary run(Order order, ElasticSettings elastic, Watcher watcher) {
        Input input = input(order, watcher);
        Survey survey = input.survey();
        Instant start = clock.instant();
        ReplaySettings settings = new ReplaySettings(
                survey,
                config(order, input.inventory(), survey),
                elastic,
                order.parallelism(),
                order.state().resolve(key(order, input.inventory(), survey, elastic)),
                ReplaySettings.DEFAULT_INTERVAL);
        return new Replay(clock)
                .run(
                        settings,
                        done -> watcher.replaying(done, survey.bytes(), Duration.between(start, clock.instant())));
    }

    /**
     * Where the flows went, by address and name, without writing anything.
     *
     * @throws observatory.ingest.archive.ArchiveException for a path that is no log
     * @throws observatory.jobs.ReplayException when the job failed for good
     */
    public List<Reached> destinations(Order order, Watcher watcher) {
        Input input = input(order, watcher);
        return Destinations.of(input.survey(), config(order, input.inventory(), input.survey()), order.parallelism());
    }

    /** What was found under the paths of an order. */
    private record Input(Survey survey, Inventory inventory) {}

    private Input input(Order order, Watcher watcher) {
        Archive everything = Archive.of(order.paths(), order.archive());
        watcher.found(everything);
        Archive archive = new Archive(
                everything.files().stream()
                        .filter(file -> !Listed.isInventory(file))
                        .toList(),
                everything.skipped());
        Listed listed = Listed.of(everything.files());
        watcher.listed(listed);
        return new Input(survey(archive, order.parallelism(), watcher), listed.inventory());
    }

    private Survey survey(Archive archive, int threads, Watcher watcher) {
        long total = archive.files().stream().mapToLong(LocalReplay::sizeOf).sum();
        Instant start = clock.instant();
        LongAdder done = new LongAdder();
        try (ScheduledExecutorService ticks = Executors.newSingleThreadScheduledExecutor()) {
            ticks.scheduleAtFixedRate(
                    () -> watcher.surveying(done.sum(), total, Duration.between(start, clock.instant())),
                    TICK.toMillis(),
                    TICK.toMillis(),
                    TimeUnit.MILLISECONDS);
            return Survey.of(archive.files(), threads, done);
        }
    }

    private JobConfig config(Order order, Inventory inventory, Survey survey) {
        boolean isEmpty = survey.minTimeNanos() == FileSurvey.NO_TIME;
        return new JobConfig(
                order.geo(),
                order.phones(),
                order.sites(),
                inventory,
                new Witnesses(canOverlap(order, survey), order.preferred()),
                SessionSettings.ARCHIVE,
                new Folders(home).pseudonymKey().toString(),
                order.privacy(),
                Replay.isSimulated(survey),
                order.raw(),
                Duration.ZERO,
                isEmpty ? 0 : Math.floorDiv(survey.maxTimeNanos(), NANOS_PER_MILLI),
                order.detection().startingAt(isEmpty ? 0 : Math.floorDiv(survey.minTimeNanos(), NANOS_PER_MILLI)));
    }

    /** Only exporters of one site can tell the same connection; a sensor whose site is not stated is its own site. */
    private static boolean canOverlap(Order order, Survey survey) {
        boolean hasMany = survey.files().stream()
                        .map(file -> file.file().sensor())
                        .distinct()
                        .count()
                > 1;
        boolean isCapture =
                survey.files().stream().anyMatch(file -> file.file().sensor().equals(ArchiveFile.BY_ADDRESS));
        return isCapture || (hasMany && !order.sites().equals(Sites.BY_SENSOR));
    }

    /** Another input, configuration or destination must not go on from this one's checkpoints. */
    private static String key(Order order, Inventory inventory, Survey survey, ElasticSettings elastic) {
        StringBuilder words = new StringBuilder()
                .append(elastic.url())
                .append(order.archive())
                .append(order.geo())
                .append(order.phones())
                .append(order.sites())
                .append(order.detection())
                .append(order.preferred())
                .append(new TreeMap<>(inventory.entries()))
                .append(order.privacy())
                .append(order.raw())
                .append(order.parallelism());
        for (FileSurvey file : survey.files()) {
            words.append('\n').append(file.file()).append(file.bytes()).append(file.minTimeNanos());
        }
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(words.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static long sizeOf(ArchiveFile file) {
        return Path.of(file.path()).toFile().length();
    }
}
