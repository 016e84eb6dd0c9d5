package observatory.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import observatory.ingest.simulate.Simulation;
import observatory.ingest.simulate.SimulationSettings;
import observatory.jobs.elastic.ElasticClient;
import observatory.jobs.elastic.ElasticsearchProcess;
import observatory.jobs.elastic.RealElasticsearch;
import observatory.jobs.summary.Summary;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens to a replay when its process, or Elasticsearch, is taken away; and when a document is refused. */
class ReplaySurvivalTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path work;

    private static Path logs;
    private static ElasticsearchProcess elasticsearch;
    private static Map<String, String> expected;

    @BeforeAll
    static void replayUndisturbed() throws Exception {
        logs = work.resolve("logs");
        Simulation.run(SimulationSettings.demo().withDevices(30).withDays(3), logs);
        Path folder =
                Path.of("target", "survival-" + ProcessHandle.current().pid()).toAbsolutePath();
        elasticsearch = ElasticsearchProcess.start(RealElasticsearch.setup(Files.createDirectories(folder)));
        ReplayProcess.replay(logs, elasticsearch.settings(), work.resolve("undisturbed"), 2);
        expected = documents();
        assertThat(expected).hasSizeGreaterThan(20_000);
    }

    @AfterAll
    static void stop() {
        elasticsearch.close();
    }

    @BeforeEach
    void emptyTheIndices() {
        try (ElasticClient client = ElasticClient.to(elasticsearch.settings())) {
            client.indices("observatory-*").forEach(client::deleteIndex);
        }
    }

    @Test
    void aReplayThatWasKilledGoesOnAndLeavesTheSameDocuments() throws Exception {
        Path state = work.resolve("killed");
        Process first = start(state);
        awaitCheckpoint(first, state);
        first.destroyForcibly().waitFor();
        assertThat(Files.exists(summary(state))).isFalse();

        Process second = start(state);

        assertThat(second.waitFor(5, TimeUnit.MINUTES)).isTrue();
        assertThat(second.exitValue()).isZero();
        assertThat(differences(documents())).isEmpty();
        JsonNode summary = JSON.readTree(summary(state).toFile());
        assertThat(summary.get("balanced").asBoolean()).isTrue();
        assertThat(summary.at("/flows/stored").asLong()).isEqualTo(flows(expected));
        assertThat(state).doesNotExist();
    }

    @Test
    void elasticsearchGoneForHalfAMinuteLosesNothing() throws Exception {
        Path state = work.resolve("outage");
        Process replay = start(state);
        awaitCheckpoint(replay, state);
        elasticsearch.kill();
        Thread.sleep(Duration.ofSeconds(30));
        assertThat(replay.isAlive()).isTrue();
        elasticsearch.restart();

        assertThat(replay.waitFor(5, TimeUnit.MINUTES)).isTrue();
        assertThat(replay.exitValue()).isZero();
        assertThat(differences(documents())).isEmpty();
    }

    @Test
    void replayingAgainChangesNothing() throws Exception {
        ReplayProcess.replay(logs, elasticsearch.settings(), work.resolve("again-1"), 1);
        ReplayProcess.replay(logs, elasticsearch.settings(), work.resolve("again-2"), 2);

        assertThat(differences(documents())).isEmpty();
    }

    @Test
    void aRefusedDocumentIsCountedAndCanBeSeen() throws Exception {
        String day = expected.keySet().stream()
                .filter(key -> key.startsWith("observatory-flows-"))
                .map(key -> key.substring(0, key.indexOf('/')))
                .sorted()
                .findFirst()
                .orElseThrow();
        createThatRefusesAll(day);

        Summary summary = ReplayProcess.replay(logs, elasticsearch.settings(), work.resolve("refused"), 2);

        Map<String, String> found = documents();
        long refused = expected.keySet().stream()
                .filter(key -> key.startsWith(day + "/"))
                .count();
        assertThat(summary.refused()).isEqualTo(refused).isPositive();
        assertThat(found.entrySet().stream()
                        .filter(document -> document.getKey().startsWith("observatory-rejections-"))
                        .filter(document -> document.getValue().contains("\"refused\"")))
                .hasSize((int) refused);
    }

    private static void createThatRefusesAll(String index) throws Exception {
        // A mapping of another type is found at the start; this is found document by document.
        String body = "{\"settings\":{\"index.default_pipeline\":\"never-made\"}}";
        var request = java.net.http.HttpRequest.newBuilder(
                        elasticsearch.settings().url().resolve("/" + index))
                .header("Content-Type", "application/json")
                .PUT(java.net.http.HttpRequest.BodyPublishers.ofString(body))
                .build();
        try (var http = java.net.http.HttpClient.newHttpClient()) {
            assertThat(http.send(request, java.net.http.HttpResponse.BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    private static Process start(Path state) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "--enable-native-access=ALL-UNNAMED",
                "-Dobservatory.home=" + JobRun.home(),
                "-Dlog4j2.configurationFile="
                        + Objects.requireNonNullElse(System.getProperty("log4j2.configurationFile"), ""),
                "-cp",
                System.getProperty("java.class.path"),
                ReplayProcess.class.getName(),
                logs.toString(),
                elasticsearch.settings().url().toString(),
                state.toString(),
                "2",
                summary(state).toString()));
        Path output = work.resolve(state.getFileName() + ".log");
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
                .start();
    }

    private static Path summary(Path state) {
        return work.resolve(state.getFileName() + ".json");
    }

    /** The middle of a replay: something is checkpointed, something is written, and it is not over. */
    private static void awaitCheckpoint(Process replay, Path state) throws InterruptedException {
        Checkpoints checkpoints = new Checkpoints(state);
        for (int i = 0; i < 1_200 && replay.isAlive(); i++) {
            if (checkpoints.newest().isPresent() && written() > 1_000) {
                return;
            }
            Thread.sleep(50);
        }
        throw new AssertionError("the replay ended before it could be disturbed");
    }

    private static long written() {
        try (ElasticClient client = ElasticClient.to(elasticsearch.settings())) {
            client.refresh("observatory-*");
            return client.count("observatory-*");
        }
    }

    private static Map<String, String> documents() {
        Map<String, String> documents = new TreeMap<>();
        try (ElasticClient client = ElasticClient.to(elasticsearch.settings())) {
            client.refresh("observatory-*");
            client.scan(
                    "observatory-*",
                    null,
                    hit -> documents.put(
                            hit.get("_index").asText() + "/" + hit.get("_id").asText(),
                            hit.get("_source").toString()));
        }
        return documents;
    }

    private static long flows(Map<String, String> documents) {
        return documents.keySet().stream()
                .filter(key -> key.startsWith("observatory-flows-"))
                .count();
    }

    private static List<String> differences(Map<String, String> found) {
        TreeMap<String, String> all = new TreeMap<>(expected);
        all.putAll(found);
        return all.keySet().stream()
                .filter(key -> !Objects.equals(expected.get(key), found.get(key)))
                .map(key -> key + ": " + expected.get(key) + " <> " + found.get(key))
                .limit(5)
                .toList();
    }
}
