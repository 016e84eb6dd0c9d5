package observatory.dashboards.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import observatory.jobs.attribute.GeoAccess;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whose tables of addresses are used besides those of the build. */
final class GeoOptions {
    @Option(
            names = "--maxmind",
            paramLabel = "DIR",
            defaultValue = "${env:OBSERVATORY_MAXMIND}",
            description = "folder with your own MaxMind databases (*.mmdb); also as OBSERVATORY_MAXMIND")
    private @Nullable Path maxmind;

    @Option(
            names = "--ranges",
            paramLabel = "DIR",
            defaultValue = "${env:OBSERVATORY_RANGES}",
            description = "folder with range files of cloud providers (*.json); also as OBSERVATORY_RANGES")
    private @Nullable Path ranges;

    /** The tables below the project's home, and those the user named. */
    GeoAccess under(Path home) {
        return new GeoAccess(home.toString(), folder(maxmind), folder(ranges));
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
