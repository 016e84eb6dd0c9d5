package observatory.dashboards.local;

import java.nio.file.Path;

/**
 * Where this machine's Observatory keeps things: all of it below {@code .observatory} in the project's folder.
 *
 * @param home folder of the project
 */
public record Folders(Path home) {
    /** All state; deleting it forgets everything, the key of the pseudonyms included. */
    public Path state() {
        return home.resolve(".observatory");
    }

    /** The key of the pseudonyms, where no configuration names another. */
    public Path pseudonymKey() {
        return state().resolve("pseudonym.key");
    }

    /** Log file of this program. */
    public Path log() {
        return state().resolve("logs/observatory.log");
    }

    /** Data of the embedded Elasticsearch that replays write to. */
    public Path elasticData() {
        return state().resolve("elasticsearch");
    }

    /** Data of the demo's own embedded Elasticsearch. */
    public Path demoElasticData() {
        return state().resolve("demo/elasticsearch");
    }

    /** Log files that the demo simulates. */
    public Path demoLogs() {
        return state().resolve("demo/logs");
    }

    /** Log files of an embedded Elasticsearch. */
    public Path elasticLogs() {
        return state().resolve("logs/elasticsearch");
    }

    /** Data of the Kafka of one machine. */
    public Path kafkaData() {
        return state().resolve("kafka");
    }

    /** Log files of that Kafka. */
    public Path kafkaLogs() {
        return state().resolve("logs/kafka");
    }

    /** Positions in the files that collectors follow. */
    public Path collect() {
        return state().resolve("collect");
    }

    /** Checkpoints of the live job. */
    public Path live() {
        return state().resolve("live");
    }

    /** Checkpoints of replays that were cut off. */
    public Path checkpoints() {
        return state().resolve("replay");
    }
}
