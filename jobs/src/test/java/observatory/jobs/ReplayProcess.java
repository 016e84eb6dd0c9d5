package observatory.jobs;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import observatory.ingest.archive.Archive;
import observatory.ingest.archive.ArchiveSettings;
import observatory.ingest.archive.Survey;
import observatory.jobs.elastic.ElasticSettings;
import observatory.jobs.summary.Summary;

/** A replay as a process of its own, so that a test can kill it: logs, Elasticsearch, state, parallelism, summary file. */
final class ReplayProcess {
    private ReplayProcess() {}

    public static void main(String[] arguments) throws Exception {
        Summary summary = replay(
                Path.of(arguments[0]),
                ElasticSettings.at(arguments[1]),
                Path.of(arguments[2]),
                Integer.parseInt(arguments[3]));
        Files.writeString(Path.of(arguments[4]), summary.toJson());
        System.exit(0); // a local cluster that lost its peer leaves threads behind
    }

    /** The same in this process. */
    static Summary replay(Path logs, ElasticSettings elastic, Path state, int parallelism) throws Exception {
        Survey survey = Survey.of(
                Archive.of(List.of(logs), new ArchiveSettings(null, null, null)).files(), 1);
        ReplaySettings settings =
                new ReplaySettings(survey, JobRun.config(survey), elastic, parallelism, state, Duration.ofMillis(500));
        return new Replay(Clock.systemUTC()).run(settings, bytes -> {});
    }
}
