package observatory.dashboards.cli;

import java.nio.file.Path;
import observatory.dashboards.config.Configuration;
import observatory.dashboards.config.ConfigurationReader;
import picocli.CommandLine.Option;

/** Which configuration a command works by. */
final class ConfigOption {
    @Option(
            names = "--config",
            paramLabel = "FILE",
            defaultValue = Configuration.DEFAULT_FILE,
            description = "the configuration (${DEFAULT-VALUE})")
    private Path file;

    /** Reads it; what is wrong with it is told with its place. */
    Configuration read() {
        return ConfigurationReader.read(file);
    }
}
