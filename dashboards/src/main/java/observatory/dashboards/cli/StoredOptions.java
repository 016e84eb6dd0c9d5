package observatory.dashboards.cli;

import java.nio.file.Path;
import observatory.dashboards.local.Folders;
import observatory.jobs.elastic.ElasticSettings;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Whose stored documents a command reads: those of a named Elasticsearch, of this machine's replays, or of its demo. */
final class StoredOptions {
    @Mixin
    private ElasticOptions elastic;

    @Option(names = "--demo", description = "read what the last demo stored on this machine")
    private boolean demo;

    /** Whether the user said whose documents are meant. */
    boolean isGiven() {
        return demo || elastic.isGiven();
    }

    /** The Elasticsearch to read from, started when it is this machine's own and does not run. */
    ElasticSettings open(Stage stage, Folders folders) throws Exception {
        if (elastic.isGiven()) {
            return elastic.settings();
        }
        Path data = demo ? folders.demoElasticData() : folders.elasticData();
        return stage.stored(data, demo ? "demo" : "replay PATH");
    }
}
