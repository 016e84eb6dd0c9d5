package observatory.dashboards.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import observatory.dashboards.config.Configuration;
import observatory.geo.snapshot.GeoSources;
import observatory.jobs.attribute.GeoAccess;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whose tables of addresses and services are used besides those of the build. */
final class GeoOptions {
    @Option(
            names = "--catalogue",
            paramLabel = "DIR",
            defaultValue = "${env:OBSERVATORY_CATALOGUE}",
            description =
                    "folder with your own services.yaml, operators.yaml, clouds.yaml, which go before the product's;"
                            + " also as OBSERVATORY_CATALOGUE; else .observatory/catalogue")
    private @Nullable Path catalogue;

    @Option(
            names = "--maxmind",
            paramLabel = "DIR",
            defaultValue = "${env:OBSERVATORY_MAXMIND}",
            description = "folder with your own MaxMind databases (*.mmdb); also as OBSERVATORY_MAXMIND; else"
                    + " .observatory/maxmind")
    private @Nullable Path maxmind;

    @Option(
            names = "--ranges",
            paramLabel = "DIR",
            defaultValue = "${env:OBSERVATORY_RANGES}",
            description = "folder with range files of cloud providers (*.json); also as OBSERVATORY_RANGES; else"
                    + " .observatory/ranges")
    private @Nullable Path ranges;

    /** Where MaxMind's databases are, or are to be put. */
    Path maxmind(Path home) {
        return maxmind == null || maxmind.toString().isEmpty() ? GeoSources.maxmind(home) : maxmind;
    }

    /** Where providers' range files are, or are to be put. */
    Path ranges(Path home) {
        return ranges == null || ranges.toString().isEmpty() ? GeoSources.ranges(home) : ranges;
    }

    /** The tables below the project's home, and those the user named. */
    GeoAccess under(Path home) {
        return new GeoAccess(home.toString(), folder(catalogue), folder(maxmind), folder(ranges));
    }

    /** The same, where a configuration names folders as well; an option goes before it. */
    GeoAccess under(Path home, Configuration.Geo configured) {
        return new GeoAccess(
                home.toString(),
                first(folder(catalogue), configured.catalogue()),
                first(folder(maxmind), configured.maxmind()),
                first(folder(ranges), configured.ranges()));
    }

    private static @Nullable String first(@Nullable String option, @Nullable Path configured) {
        return option != null || configured == null
                ? option
                : configured.toAbsolutePath().toString();
    }

    private static @Nullable String folder(@Nullable Path folder) {
        if (folder == null || folder.toString().isEmpty()) {
            return null;
        }
        if (!Files.isDirectory(folder)) {
            throw CommandFailure.usage("no such folder: " + folder);
        }
        return folder.toAbsolutePath().toString();
    }
}
