package observatory.geo.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import observatory.geo.InstalledData;
import observatory.geo.snapshot.GeoSnapshot;
import observatory.geo.snapshot.GeoSources;
import org.junit.jupiter.api.Test;

class CatalogueTest {
    private static final Path CATALOGUE = InstalledData.catalogue();
    private static final Set<String> FILES = Set.of(
            "adequacy.yaml",
            "anycast.yaml",
            "catalogue.schema.json",
            "clouds.yaml",
            "datasets.yaml",
            "makers.yaml",
            "name-regions.yaml",
            "operators.yaml",
            "ranges.yaml",
            "regions.yaml",
            "services.yaml");

    @Test
    void everyFileIsReadAndChecked() throws IOException {
        try (Stream<Path> files = Files.list(CATALOGUE)) {
            assertThat(files.map(file -> file.getFileName().toString()).collect(Collectors.toSet()))
                    .as("a file that nobody reads is a mistake; add its reader to SnapshotLoader and its name here")
                    .isEqualTo(FILES);
        }
        GeoSources nothingInstalled = new GeoSources(CATALOGUE.resolve("none"), CATALOGUE, null, null, null, null);

        GeoSnapshot snapshot = GeoSnapshot.load(nothingInstalled);

        assertThat(snapshot.services().entries()).hasSizeGreaterThan(82);
    }

    /** The endpoints that the catalogue was seeded from; the notation of names is expanded by {@link #names}. */
    @Test
    void everyResearchedEndpointIsCoveredWithItsSource() throws IOException {
        Map<String, String> sources = sourcesByPattern();
        List<String> missing = new ArrayList<>();
        for (String row : seed()) {
            String[] fields = row.split("\t", -1);
            List<String> patterns = patterns(fields);
            if (patterns.isEmpty()) {
                patterns.add("vendor " + fields[0]); // known by its ports alone
            }
            for (String pattern : patterns) {
                String source = sources.get(pattern);
                boolean sameSource =
                        source != null && (source.contains(fields[4]) || fields[4].contains("RC-NET; general"));
                if (!sameSource) {
                    missing.add(pattern + " of " + fields[0] + ": " + source);
                }
            }
        }
        assertThat(missing).isEmpty();
    }

    @Test
    void aFileThatIsNoCatalogueIsRefusedWithItsName() {
        assertThatThrownBy(() -> CatalogueFile.parse("x.yaml", "- a"))
                .hasMessage("x.yaml: expected keys and values at the top");
        assertThatThrownBy(() -> CatalogueFile.parse("x.yaml", "a: [1").entries("a"))
                .hasMessageStartingWith("x.yaml: ");
        assertThatThrownBy(() -> CatalogueFile.parse("x.yaml", "a: []").entries("b"))
                .hasMessage("x.yaml: 'b' is missing");
        assertThatThrownBy(() -> CatalogueFile.read(Path.of("absent.yaml")))
                .hasMessageContaining("cannot read absent.yaml");
    }

    @Test
    void everyStatementNeedsGradeSourceAndDate() {
        assertThatThrownBy(() -> entry("grade: E, source: s, date: 2026-01-01").provenance())
                .hasMessage("x.yaml, entry at line 1: 'grade' must be A, B, C or D, not 'E'");
        assertThatThrownBy(
                        () -> entry("grade: A, source: \"\", date: 2026-01-01").provenance())
                .hasMessage("x.yaml, entry at line 1: 'source' is empty");
        assertThatThrownBy(() -> entry("grade: A, source: s, date: yesterday").provenance())
                .hasMessageContaining("must be a date like 2026-11-22, not 'yesterday'");
        assertThatThrownBy(() -> entry("grade: A, grade: B")).hasMessageContaining("'grade' is given twice");
        assertThat(entry("country: NO").text("country")).isEqualTo("NO");
    }

    private static Entry entry(String fields) {
        return CatalogueFile.parse("x.yaml", "a: [{" + fields + "}]")
                .entries("a")
                .getFirst();
    }

    private static Map<String, String> sourcesByPattern() {
        Map<String, String> sources = new TreeMap<>();
        for (Entry entry :
                CatalogueFile.read(CATALOGUE.resolve("services.yaml")).entries("services")) {
            sources.merge("vendor " + entry.text("vendor"), entry.text("source"), (a, b) -> a + "; " + b);
            for (String key : List.of("hosts", "suffixes", "cidrs", "asns")) {
                entry.texts(key)
                        .forEach(pattern -> sources.merge(pattern, entry.text("source"), (a, b) -> a + "; " + b));
            }
        }
        return sources;
    }

    private static List<String> patterns(String[] fields) {
        List<String> patterns = new ArrayList<>();
        if (fields[2].equals("ip")) {
            patterns.add(fields[1] + "/32");
        } else if (!fields[3].isEmpty()) {
            find("[0-9.]+/[0-9]+", fields[3], patterns);
            find("(?<=AS)[0-9]{3,}", fields[3], patterns);
        } else {
            patterns.addAll(names(fields[1]));
        }
        return patterns;
    }

    /** Names in a cell: {@code a.x, b.x (also c-, d-)}, {@code p{q,r}s.x}; the notes in brackets are not names. */
    private static List<String> names(String cell) {
        List<String> names = new ArrayList<>();
        String flat = cell.replaceAll("\\([^)]*\\)", "");
        Matcher braces =
                Pattern.compile("([a-z0-9]+)\\{([a-z,]+)}([a-z0-9.-]+)").matcher(flat);
        while (braces.find()) {
            for (String middle : braces.group(2).split(",")) {
                names.add(braces.group(1) + middle + braces.group(3));
            }
        }
        find("[a-z0-9_-]+(\\.[a-z0-9_-]+)+", flat.replaceAll("[a-z0-9]+\\{[^}]*}[a-z0-9.-]+", ""), names);
        return names;
    }

    private static void find(String pattern, String text, List<String> found) {
        Pattern.compile(pattern).matcher(text).results().forEach(match -> found.add(match.group()));
    }

    private static List<String> seed() throws IOException {
        try (InputStream in = CatalogueTest.class.getResourceAsStream("/endpoints.tsv")) {
            assertThat(in).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .skip(1)
                    .toList();
        }
    }
}
