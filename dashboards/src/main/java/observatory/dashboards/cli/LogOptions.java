package observatory.dashboards.cli;

import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import observatory.ingest.archive.ArchiveSettings;
import observatory.ingest.decode.Format;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which files to read, and what is stated about them instead of being found out. */
final class LogOptions {
    @Parameters(
            paramLabel = "PATH",
            arity = "1..*",
            description = "log files, captures, or folders, which stand for all that lies in them")
    private List<Path> paths;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            converter = FormatName.class,
            completionCandidates = FormatName.Names.class,
            description = "how the files are written: ${COMPLETION-CANDIDATES}; else told from their content")
    private @Nullable Format format;

    @Option(
            names = "--sensor",
            paramLabel = "NAME",
            description = "name of the sensor that wrote them; else the name of each file's folder")
    private @Nullable String sensor;

    @Option(
            names = "--zone",
            paramLabel = "ZONE",
            description = "zone of the clocks that logs without one are stamped by (dnsmasq, BIND, Windows DNS):"
                    + " Europe/Zurich; else UTC")
    private @Nullable ZoneId zone;

    List<Path> paths() {
        return paths;
    }

    ArchiveSettings settings() {
        return new ArchiveSettings(format, sensor, null, zone);
    }
}
