package observatory.dashboards.console;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import observatory.dashboards.search.Fixture;
import observatory.dashboards.search.FixtureIndex;
import observatory.jobs.elastic.ElasticClient;
import observatory.jobs.elastic.RealElasticsearch;

/**
 * Serves the console on the fixture until killed, to look at it while working on it: {@code ConsolePreview [PORT]}.
 */
final class ConsolePreview {
    private ConsolePreview() {}

    public static void main(String[] arguments) throws Exception {
        int port =
                Arrays.stream(arguments).mapToInt(Integer::parseInt).findFirst().orElse(8600);
        ElasticClient client = ElasticClient.to(RealElasticsearch.settings());
        FixtureIndex index = new FixtureIndex(client);
        ConsoleServer server = new ConsoleServer(
                        new ConsoleSettings("127.0.0.1", port), client, InstantSource.fixed(Fixture.END))
                .start();
        Files.writeString(
                Path.of("target", "console-preview.url"), server.address().toString());
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            server.close();
            index.close();
            client.close();
        }));
        Thread.currentThread().join();
    }
}
