package observatory.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import observatory.ingest.simulate.Simulation;
import observatory.ingest.simulate.SimulationSettings;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo scenario through the whole graph, held against the truth its simulator wrote. */
class DemoJobTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final List<String> NAME_SOURCES = List.of("sni", "own_dns", "site_dns", "range", "none");
    private static final List<String> NAME_STATES = List.of("fresh", "stale", "shared", "guessed", "none");

    @TempDir
    static Path out;

    private static JobRun run;
    private static JsonNode truth;
    private static Map<String, String> names;

    @BeforeAll
    static void replayTheDemo() throws Exception {
        Simulation.run(SimulationSettings.demo(), out);
        run = JobRun.of(List.of(out), 2);
        truth = JSON.readTree(out.resolve("truth.json").toFile());
        names = new HashMap<>();
        for (Map.Entry<String, String> document : run.documents().entrySet()) {
            if (document.getKey().startsWith("observatory-flows-")) {
                JsonNode flow = JSON.readTree(document.getValue());
                names.put(
                        flow.get("observer.name").asText()
                                + flow.get("observatory.flow.sensor_id").asText(),
                        flow.path("destination.domain").asText("no name"));
            }
        }
    }

    @Test
    void everyFlowIsStoredExactlyOnce() {
        assertThat(names).hasSize(truth.at("/totals/flows").asInt());
        assertThat(run.summary().count("flows", "stored"))
                .isEqualTo(truth.at("/totals/flows").asLong());
        assertThat(run.summary().isBalanced()).isTrue();
    }

    @Test
    void bytesAndPacketsAreThoseThatWereSent() {
        assertThat(run.summary().count("bytes", "out"))
                .isEqualTo(truth.at("/totals/bytes/out").asLong());
        assertThat(run.summary().count("bytes", "in"))
                .isEqualTo(truth.at("/totals/bytes/in").asLong());
        assertThat(run.summary().count("packets", "out"))
                .isEqualTo(truth.at("/totals/packets/out").asLong());
        assertThat(run.summary().count("packets", "in"))
                .isEqualTo(truth.at("/totals/packets/in").asLong());
    }

    @Test
    void everyFlowWithAPriorAnswerOrServerNameCarriesItsTrueName() throws IOException {
        List<String> wrong = new ArrayList<>();
        int held = 0;
        try (BufferedReader lines = truthFlows()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                JsonNode expected = JSON.readTree(line);
                if (expected.path("sni").asBoolean()
                        || !expected.path("dns").asText().equals("none")) {
                    String flow = expected.get("sensor").asText()
                            + expected.get("uid").asText();
                    String name = names.getOrDefault(flow, "not stored");
                    held++;
                    if (!name.equals(expected.path("name").asText())) {
                        wrong.add(line + " was named " + name);
                    }
                }
            }
        }
        assertThat(held).isGreaterThan(50_000);
        assertThat(wrong).isEmpty();
    }

    @Test
    void dnsAloneGivesTheNameThatEveryFlowWithAnAnswerOfItsOwnAnnounces() {
        assertThat(run.summary().count("names", "precision", "right", "flows"))
                .isEqualTo(run.summary().count("names", "sni"))
                .isGreaterThan(30_000);
        for (String miss : List.of("shared", "wrong", "none")) {
            assertThat(run.summary().count("names", "precision", miss, "flows"))
                    .as(miss)
                    .isZero();
        }
    }

    @Test
    void everyFlowHasOneNameSourceAndOneState() {
        long sources = NAME_SOURCES.stream()
                .mapToLong(source -> run.summary().count("names", source))
                .sum();
        long states = NAME_STATES.stream()
                .mapToLong(state -> run.summary().count("names", "states", state, "flows"))
                .sum();
        long bytes = NAME_SOURCES.stream()
                .mapToLong(source -> run.summary().count("names", "bytes", source))
                .sum();
        assertThat(sources).isEqualTo(run.summary().count("flows", "stored")).isEqualTo(states);
        assertThat(bytes)
                .isEqualTo(run.summary().count("bytes", "out") + run.summary().count("bytes", "in"));
    }

    @Test
    void everyPlantedEventIsFoundAndNothingElse() throws IOException {
        Map<String, Integer> planted = new TreeMap<>();
        truth.get("planted").forEach(event -> planted.merge(event.get("kind").asText(), 1, Integer::sum));
        List<JsonNode> found = new ArrayList<>();
        for (Map.Entry<String, String> document : run.documents().entrySet()) {
            if (document.getKey().startsWith("observatory-findings/")) {
                found.add(JSON.readTree(document.getValue()));
            }
        }
        Map<String, Integer> kinds = new TreeMap<>();
        found.forEach(
                finding -> kinds.merge(finding.get("observatory.finding.kind").asText(), 1, Integer::sum));

        assertThat(kinds).as("%s", found).isEqualTo(planted);
        for (JsonNode event : truth.get("planted")) {
            assertThat(found).anyMatch(finding -> isAbout(finding, event));
        }
    }

    @Test
    void theSilentHoursLowerTheCoverage() throws IOException {
        long silent = 0;
        for (Map.Entry<String, String> document : run.documents().entrySet()) {
            if (document.getKey().startsWith("observatory-coverage-")) {
                JsonNode coverage = JSON.readTree(document.getValue());
                silent += coverage.get("observatory.coverage.state").asText().equals("silent")
                        ? coverage.get("observatory.coverage.minutes").asLong()
                        : 0;
            }
        }
        assertThat(silent).isBetween(175L, 185L);
    }

    @Test
    void noDocumentButAnIdentityHoldsAnAddressOrMacOfADevice() throws IOException {
        List<String> raw = new ArrayList<>();
        truth.get("devices").forEach(device -> {
            raw.add(device.get("mac").asText().toLowerCase(Locale.ROOT).replace(':', '-'));
            device.get("addresses")
                    .forEach(address -> raw.add(address.get("value").asText() + '"'));
        });
        List<String> leaks = run.documents().entrySet().stream()
                .filter(document -> !document.getKey().startsWith("observatory-identities/"))
                .filter(document -> raw.stream().anyMatch(document.getValue().toLowerCase(Locale.ROOT)::contains))
                .map(Map.Entry::getValue)
                .limit(3)
                .toList();
        assertThat(leaks).isEmpty();
    }

    private static boolean isAbout(JsonNode finding, JsonNode event) {
        String subject = event.path("subject").asText();
        return finding.get("observatory.finding.kind")
                        .asText()
                        .equals(event.get("kind").asText())
                && (event.get("kind").asText().equals("lan-probe")
                        || finding.toString().contains(subject));
    }

    private static BufferedReader truthFlows() throws IOException {
        return new BufferedReader(new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(out.resolve("truth-flows.ndjson.gz"))),
                StandardCharsets.UTF_8));
    }
}
