package observatory.dashboards.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Checks whether this machine can run Observatory; exit code 1 when something is missing. */
@Command(name = "doctor", description = "Checks the machine: JDK, memory, disk, ports.")
final class DoctorCommand implements Callable<Integer> {
    /** The embedded Elasticsearch stops writing when the disk is nearly full, and its data of a demo needs about 1 GB. */
    private static final long NEEDED_DISK_BYTES = 3L << 30;

    /** One gigabyte for Elasticsearch, two for the job, the rest for the system. */
    private static final long NEEDED_MEMORY_BYTES = 4L << 30;

    private final Surroundings surroundings;

    @Spec
    private CommandSpec spec;

    @Option(names = "--port", defaultValue = "8600", description = "port of the console (${DEFAULT-VALUE})")
    private int port;

    DoctorCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        List<Check> checks = List.of(java(), memory(), disk(), console());
        PrintWriter out = spec.commandLine().getOut();
        for (Check check : checks) {
            out.printf("%-5s %-8s %s%n", check.isGood() ? "ok" : "FAIL", check.subject(), check.finding());
        }
        return checks.stream().allMatch(Check::isGood) ? 0 : CommandFailure.FAILED;
    }

    private static Check java() {
        int feature = Runtime.version().feature();
        return new Check("java", feature >= 21, "JDK " + feature + " at " + System.getProperty("java.home"));
    }

    private static Check memory() {
        long bytes = ((com.sun.management.OperatingSystemMXBean)
                        java.lang.management.ManagementFactory.getOperatingSystemMXBean())
                .getTotalMemorySize();
        return new Check("memory", bytes >= NEEDED_MEMORY_BYTES, gigabytes(bytes) + " in this machine");
    }

    private Check disk() {
        Path folder = Stream.iterate(surroundings.folders().state(), Path::getParent)
                .filter(Files::exists)
                .findFirst()
                .orElseThrow();
        try {
            long bytes = Files.getFileStore(folder).getUsableSpace();
            boolean isWritable = Files.isWritable(folder);
            String finding = gigabytes(bytes) + " free at " + folder + (isWritable ? "" : ", which is not writable");
            return new Check("disk", isWritable && bytes >= NEEDED_DISK_BYTES, finding);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Check console() {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return new Check("console", true, "port " + port + " is free");
        } catch (IOException e) {
            return new Check("console", false, "port " + port + ": " + e.getMessage());
        }
    }

    private static String gigabytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f GB", bytes / 1e9);
    }

    private record Check(String subject, boolean isGood, String finding) {}
}
