package observatory.geo.snapshot;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where the data is.
 *
 * @param packages the npm data packages, {@code geo-data/node_modules}
 * @param catalogue the reviewed files of the product, {@code geo-data/catalogue}
 * @param own the user's reviewed files, which extend and replace those of the product; nothing is missed when it is not
 *     there. Null when there are none
 * @param maxmind the operator's own MaxMind databases ({@code *.mmdb}); null when there are none
 * @param ranges the operator's copies of providers' range files ({@code *.json}); null when there are none
 * @param cache where parsed tables are kept between starts; null to parse every time
 */
public record GeoSources(
        Path packages,
        Path catalogue,
        @Nullable Path own,
        @Nullable Path maxmind,
        @Nullable Path ranges,
        @Nullable Path cache) {

    /**
     * The places below the project's home; of the operator's own data, what {@code geo update} has put below
     * {@code .observatory}.
     */
    public static GeoSources under(Path home) {
        Path geoData = home.resolve("geo-data");
        Path state = home.resolve(".observatory");
        return new GeoSources(
                geoData.resolve("node_modules"),
                geoData.resolve("catalogue"),
                state.resolve("catalogue"),
                existing(maxmind(home)),
                existing(ranges(home)),
                state.resolve("geo"));
    }

    /**
     * These, with what lies in a folder in their place: {@code node_modules}, {@code catalogue}, {@code own}, {@code maxmind},
     * {@code ranges}, or a whole home with {@code geo-data} in it. What the folder does not have stays. Tables of the other
     * editions are not kept, since the cache belongs to those in use.
     *
     * @throws IllegalArgumentException when the folder has none of them
     */
    public GeoSources replacedBy(Path folder) {
        if (Files.isDirectory(folder.resolve("geo-data"))) {
            return under(folder).withCache(null);
        }
        if (Stream.of("node_modules", "catalogue", "own", "maxmind", "ranges")
                .noneMatch(name -> Files.isDirectory(folder.resolve(name)))) {
            throw new IllegalArgumentException(
                    folder + " has none of the folders node_modules, catalogue, own, maxmind, ranges, nor geo-data");
        }
        return new GeoSources(
                Files.isDirectory(folder.resolve("node_modules")) ? folder.resolve("node_modules") : packages,
                Files.isDirectory(folder.resolve("catalogue")) ? folder.resolve("catalogue") : catalogue,
                Optional.ofNullable(existing(folder.resolve("own"))).orElse(own),
                Optional.ofNullable(existing(folder.resolve("maxmind"))).orElse(maxmind),
                Optional.ofNullable(existing(folder.resolve("ranges"))).orElse(ranges),
                null);
    }

    /** Where {@code geo update} puts MaxMind's databases unless told otherwise. */
    public static Path maxmind(Path home) {
        return home.resolve(".observatory").resolve("maxmind");
    }

    /** Where {@code geo update} puts providers' range files unless told otherwise. */
    public static Path ranges(Path home) {
        return home.resolve(".observatory").resolve("ranges");
    }

    private static @Nullable Path existing(Path folder) {
        return Files.isDirectory(folder) ? folder : null;
    }

    /** The same with another folder of the user's reviewed files. */
    public GeoSources withOwn(@Nullable Path folder) {
        return new GeoSources(packages, catalogue, folder, maxmind, ranges, cache);
    }

    public GeoSources withMaxmind(Path folder) {
        return new GeoSources(packages, catalogue, own, folder, ranges, cache);
    }

    public GeoSources withRanges(Path folder) {
        return new GeoSources(packages, catalogue, own, maxmind, folder, cache);
    }

    public GeoSources withCache(@Nullable Path folder) {
        return new GeoSources(packages, catalogue, own, maxmind, ranges, folder);
    }
}
