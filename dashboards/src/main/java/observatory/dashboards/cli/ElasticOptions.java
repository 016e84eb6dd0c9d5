package observatory.dashboards.cli;

import java.nio.file.Path;
import observatory.jobs.elastic.ElasticSettings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which Elasticsearch a command works with. */
final class ElasticOptions {
    @Option(
            names = "--elasticsearch",
            paramLabel = "URL",
            defaultValue = "${env:OBSERVATORY_ELASTICSEARCH}",
            description = "http(s)://[user:password@]host:port of the Elasticsearch to use; else the embedded one. May"
                    + " be given as OBSERVATORY_ELASTICSEARCH, which no other user of the machine can see")
    private @Nullable String url;

    @Option(
            names = "--authority",
            paramLabel = "PEM",
            description = "certificates to trust when the URL is https; else those of the JDK")
    private @Nullable Path authority;

    /** Whether the user named an Elasticsearch. */
    boolean isGiven() {
        return url != null && !url.isBlank();
    }

    /** How to reach the one the user named. */
    ElasticSettings settings() {
        try {
            ElasticSettings settings = ElasticSettings.at(String.valueOf(url));
            String key = System.getenv("OBSERVATORY_ELASTICSEARCH_API_KEY");
            ElasticSettings entered = key == null ? settings : settings.withApiKey(key);
            return authority == null ? entered : entered.withAuthority(authority);
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage(String.valueOf(e.getMessage()));
        }
    }
}
