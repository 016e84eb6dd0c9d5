package observatory.dashboards.cli;

import java.nio.file.Path;
import java.time.Clock;

/**
 * What a command finds around it, handed in so that tests can choose it.
 *
 * @param home folder of the project; what Observatory keeps lies in {@code .observatory} under it
 * @param folder the working directory, against which relative paths are read
 * @param clock the time
 */
record Surroundings(Path home, Path folder, Clock clock) {
    static Surroundings ofProcess(Clock clock) {
        Path folder = Path.of("").toAbsolutePath();
        return new Surroundings(Path.of(System.getProperty("observatory.home", folder.toString())), folder, clock);
    }

    /** Where state, logs and databases of this machine are kept. */
    Path state() {
        return home.resolve(".observatory");
    }

    Path logs() {
        return state().resolve("logs").resolve("observatory.log");
    }
}
