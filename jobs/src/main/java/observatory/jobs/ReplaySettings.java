package observatory.jobs;

import java.nio.file.Path;
import java.time.Duration;
import observatory.ingest.archive.Survey;
import observatory.jobs.elastic.ElasticSettings;

/**
 * What a replay needs.
 *
 * @param survey the files and what is in them
 * @param config the job
 * @param elastic where documents go
 * @param parallelism tasks side by side, at least 1
 * @param state folder for checkpoints; a replay that was cut off goes on from there when it is run again
 * @param checkpointInterval time between checkpoints
 */
public record ReplaySettings(
        Survey survey,
        JobConfig config,
        ElasticSettings elastic,
        int parallelism,
        Path state,
        Duration checkpointInterval) {

    /** Time between checkpoints when none is configured. */
    public static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(10);

    public ReplaySettings {
        if (parallelism < 1) {
            throw new IllegalArgumentException("parallelism is at least 1, not " + parallelism);
        }
    }
}
