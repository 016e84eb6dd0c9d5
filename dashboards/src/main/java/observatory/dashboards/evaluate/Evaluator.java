package observatory.dashboards.evaluate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import observatory.dashboards.config.PolicyReader;
import observatory.ingest.archive.Archive;
import observatory.ingest.archive.ArchiveSettings;
import observatory.ingest.archive.Survey;
import observatory.ingest.netflow.SessionSettings;
import observatory.ingest.simulate.Simulation;
import observatory.ingest.simulate.SimulationSettings;
import observatory.jobs.Evaluation;
import observatory.jobs.JobConfig;
import observatory.jobs.attribute.GeoAccess;
import observatory.jobs.attribute.Inventory;
import observatory.jobs.attribute.PhoneNetworks;
import observatory.jobs.attribute.Sites;
import observatory.jobs.attribute.Witnesses;
import observatory.jobs.document.Privacy;
import observatory.jobs.finding.DetectionSettings;
import observatory.jobs.finding.SiteResolvers;

/** Simulates fleets, runs the whole job over their logs, and judges what it found. */
public final class Evaluator {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long NANOS_PER_MILLI = 1_000_000;

    /** Shorter than the month that is usual, since fourteen days are seen. */
    private static final Duration DORMANCY = Duration.ofDays(7);

    private final GeoAccess geo;
    private final InstantSource clock;
    private final int parallelism;

    /**
     * @param geo where the tables of addresses, names and parties are
     * @param clock tells how long it takes
     * @param parallelism tasks side by side, at least 1
     */
    public Evaluator(GeoAccess geo, InstantSource clock, int parallelism) {
        this.geo = geo;
        this.clock = clock;
        this.parallelism = parallelism;
    }

    /**
     * Evaluates one seed.
     *
     * @param folder for its logs, which stay; about 700 bytes a flow
     * @throws IOException when the logs cannot be written or read
     * @throws observatory.jobs.ReplayException when the job failed for good
     */
    public Evaluated.Seed evaluate(SimulationSettings settings, Path folder) throws IOException {
        long began = clock.millis();
        Simulation.run(settings, folder);
        long simulated = clock.millis();
        Truth truth = Truth.in(folder);
        Survey survey = Survey.of(
                Archive.of(List.of(folder), new ArchiveSettings(null, null, null))
                        .files(),
                parallelism);
        Path names = Files.createDirectories(folder.resolve("names"));
        Evaluation.Result result = Evaluation.of(survey, config(folder, truth, survey), parallelism, names);
        NameScore.Held held = NameScore.of(names, folder.resolve("truth-flows.ndjson.gz"));
        return new Evaluated.Seed(
                settings.seed(),
                truth.flows(),
                simulated - began,
                clock.millis() - simulated,
                result.summary().isBalanced(),
                Judge.judge(settings.seed(), truth, found(result)),
                held.scores(),
                held.wrong());
    }

    private JobConfig config(Path folder, Truth truth, Survey survey) {
        DetectionSettings detection = DetectionSettings.assumed(Math.floorDiv(survey.minTimeNanos(), NANOS_PER_MILLI))
                .with(new SiteResolvers(truth.resolvers()))
                .dormancy(DORMANCY);
        Path policy = folder.resolve("policy.yaml");
        return new JobConfig(
                geo,
                new PhoneNetworks(truth.phoneNetworks()),
                Sites.BY_SENSOR,
                Inventory.NONE,
                Witnesses.EQUAL,
                SessionSettings.ARCHIVE,
                folder.resolve("pseudonym.key").toString(),
                Privacy.PSEUDONYMOUS,
                true,
                true,
                Duration.ZERO,
                Math.floorDiv(survey.maxTimeNanos(), NANOS_PER_MILLI),
                Files.exists(policy) ? detection.with(PolicyReader.read(policy)) : detection);
    }

    private static List<Found> found(Evaluation.Result result) throws IOException {
        Map<String, String> macs = new HashMap<>();
        for (String identity : result.identities()) {
            JsonNode json = JSON.readTree(identity);
            macs.put(
                    json.path("device.id").asText(),
                    Truth.macOf(json.path("host.mac").asText()));
        }
        List<Found> found = new ArrayList<>();
        for (String finding : result.findings()) {
            found.add(Found.of(JSON.readTree(finding), macs));
        }
        return found;
    }
}
