package observatory.geo.snapshot;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where the data is.
 *
 * @param packages the npm data packages, {@code geo-data/node_modules}
 * @param catalogue the reviewed files, {@code geo-data/catalogue}
 * @param maxmind the operator's own MaxMind databases ({@code *.mmdb}); null when there are none
 * @param ranges the operator's copies of providers' range files ({@code *.json}); null when there are none
 * @param cache where parsed tables are kept between starts; null to parse every time
 */
public record GeoSources(
        Path packages,
        Path catalogue,
        @Nullable Path maxmind,
        @Nullable Path ranges,
        @Nullable Path cache) {

    /** The places below the project's home. */
    public static GeoSources under(Path home) {
        Path geoData = home.resolve("geo-data");
        return new GeoSources(
                geoData.resolve("node_modules"),
                geoData.resolve("catalogue"),
                null,
                null,
                home.resolve(".observatory").resolve("geo"));
    }

    public GeoSources withMaxmind(Path folder) {
        return new GeoSources(packages, catalogue, folder, ranges, cache);
    }

    public GeoSources withRanges(Path folder) {
        return new GeoSources(packages, catalogue, maxmind, folder, cache);
    }

    public GeoSources withCache(@Nullable Path folder) {
        return new GeoSources(packages, catalogue, maxmind, ranges, folder);
    }
}
