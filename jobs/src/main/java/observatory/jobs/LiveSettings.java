package observatory.jobs;

import java.nio.file.Path;
import java.time.Duration;
import observatory.jobs.elastic.ElasticSettings;
import observatory.jobs.source.KafkaMessages;

/**
 * What the live job needs.
 *
 * @param kafka where raw messages come from
 * @param config the job
 * @param elastic where documents go
 * @param parallelism tasks side by side, at least 1
 * @param state folder for checkpoints; the job goes on from the newest when it is started again
 * @param checkpointInterval time between checkpoints
 * @param geoWatch time between looks whether the data behind attributions has changed
 */
public record LiveSettings(
        KafkaMessages.Settings kafka,
        JobConfig config,
        ElasticSettings elastic,
        int parallelism,
        Path state,
        Duration checkpointInterval,
        Duration geoWatch) {

    /** Time between checkpoints when none is configured. */
    public static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(10);

    public LiveSettings {
        if (parallelism < 1) {
            throw new IllegalArgumentException("parallelism is at least 1, not " + parallelism);
        }
    }
}
