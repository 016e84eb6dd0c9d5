package observatory.dashboards.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Clock;
import observatory.dashboards.local.Folders;

/**
 * What a command finds around it, handed in so that tests can choose it.
 *
 * @param home folder of the project; what Observatory keeps lies in {@code .observatory} under it
 * @param clock the time
 * @param out standard output, for bytes that other programs read
 * @param err standard error, likewise
 */
record Surroundings(Path home, Clock clock, OutputStream out, OutputStream err) {
    static Surroundings ofProcess(Clock clock) {
        Path home = Path.of(System.getProperty("observatory.home", "")).toAbsolutePath();
        return new Surroundings(
                home, clock, new FileOutputStream(FileDescriptor.out), new FileOutputStream(FileDescriptor.err));
    }

    /** The account of whoever called. */
    static String account() {
        String name = System.getProperty("user.name", "");
        return name.isBlank() ? "unknown" : name;
    }

    /** Where this machine keeps things. */
    Folders folders() {
        return new Folders(home);
    }
}
