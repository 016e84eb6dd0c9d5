package observatory.dashboards.kibana;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KibanaExportTest {
    private static final KibanaExport EXPORT = KibanaExport.lastTwoWeeks();

    @Test
    void everyReferenceNamesAnObjectOfTheFile() throws IOException {
        List<String> ids = objects().map(KibanaExportTest::key).toList();

        List<String> wanted = objects()
                .flatMap(object -> stream(object.get("references")))
                .map(KibanaExportTest::key)
                .distinct()
                .toList();

        assertThat(ids).doesNotHaveDuplicates().containsAll(wanted);
    }

    @Test
    void sameBytesEveryTime() {
        assertThat(EXPORT.bytes()).isEqualTo(KibanaExport.lastTwoWeeks().bytes());
    }

    @Test
    void panelsStayOnTheGridAndDoNotOverlap() throws IOException {
        boolean[][] taken = new boolean[500][48];
        for (JsonNode panel : panels()) {
            JsonNode grid = panel.get("gridData");
            for (int y = grid.get("y").asInt();
                    y < grid.get("y").asInt() + grid.get("h").asInt();
                    y++) {
                for (int x = grid.get("x").asInt();
                        x < grid.get("x").asInt() + grid.get("w").asInt();
                        x++) {
                    assertThat(taken[y][x])
                            .as("cell %s,%s of %s", x, y, grid.get("i"))
                            .isFalse();
                    taken[y][x] = true;
                }
            }
        }
    }

    @Test
    void aMapOfCountriesNeverStandsWithoutItsTable() throws IOException {
        List<String> kinds = new ArrayList<>();
        for (JsonNode panel : panels()) {
            kinds.add(panel.at("/embeddableConfig/attributes/visualizationType").asText());
        }

        int map = kinds.indexOf("lnsChoropleth");

        assertThat(map).isNotNegative();
        assertThat(kinds.get(map + 1)).isEqualTo("lnsDatatable");
    }

    @Test
    void aMapOfCountriesShowsAgreedPlacesOnly() throws IOException {
        JsonNode map = panels().stream()
                .filter(panel -> panel.toString().contains("lnsChoropleth"))
                .findFirst()
                .orElseThrow();

        assertThat(map.at("/embeddableConfig/attributes/state/query/query").asText())
                .isEqualTo("observatory.place.state: \"agreed\"");
    }

    @Test
    void controlsForSiteMakerAndDevice() throws IOException {
        JsonNode dashboard = dashboard();

        JsonNode controls = Json.MAPPER.readTree(
                dashboard.at("/attributes/controlGroupInput/panelsJSON").asText());

        assertThat(stream(controls)
                        .map(control -> control.at("/explicitInput/fieldName").asText()))
                .containsExactly("observatory.site", "device.manufacturer", "device.id");
    }

    @Test
    void noObjectSpeaksANewerLanguageThanKibana819() throws IOException {
        assertThat(objects()
                        .map(object -> object.get("type").asText() + " "
                                + object.get("typeMigrationVersion").asText()))
                .containsOnly("index-pattern 8.0.0", "search 10.2.0", "dashboard 10.2.0");
    }

    @Test
    void theCheckerOfTheHouseFindsNothingToSay(@TempDir Path folder) throws IOException, InterruptedException {
        Path file = folder.resolve("observatory.ndjson");
        EXPORT.write(file);

        KibanaChecker.Verdict verdict = KibanaChecker.find().check(file);

        assertThat(verdict.exitCode()).as(verdict.output()).isZero();
        assertThat(verdict.output()).contains(" 0 failed");
    }

    private static Stream<JsonNode> objects() throws IOException {
        List<JsonNode> objects = new ArrayList<>();
        for (String line : new String(EXPORT.bytes(), StandardCharsets.UTF_8).split("\n")) {
            objects.add(Json.MAPPER.readTree(line));
        }
        return objects.stream();
    }

    private static JsonNode dashboard() throws IOException {
        return objects()
                .filter(object -> object.get("type").asText().equals("dashboard"))
                .findFirst()
                .orElseThrow();
    }

    private static List<JsonNode> panels() throws IOException {
        return stream(Json.MAPPER.readTree(
                        dashboard().at("/attributes/panelsJSON").asText()))
                .toList();
    }

    private static Stream<JsonNode> stream(JsonNode nodes) {
        return StreamSupport.stream(nodes.spliterator(), false);
    }

    private static String key(JsonNode node) {
        return node.get("type").asText() + "/" + node.get("id").asText();
    }
}
