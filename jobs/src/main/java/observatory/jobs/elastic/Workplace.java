package observatory.jobs.elastic;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * The folders of one Elasticsearch process, held by a lock for as long as this process lives.
 *
 * <pre>
 * DATA/owner.lock          locked by us; the system unlocks it when we are gone, however we went
 * DATA/elasticsearch.pid   written by Elasticsearch, removed by it when it ends in peace
 * DATA/config/             written anew at each start
 * DATA/indices/ DATA/tmp/
 * LOGS/elasticsearch.log   bounded: 4 files of 10 MB
 * LOGS/console.log         what it printed before it could log, of the last start
 * </pre>
 */
final class Workplace {

    private static final String NAME = "observatory";
    private static final int LAST_LINES = 4;

    private final Account account;
    private final Path distribution;
    private final Path data;
    private final Path logs;
    private final FileChannel lock;
    private final List<String> notes;

    private Workplace(Account account, Path distribution, Path data, Path logs, FileChannel lock, List<String> notes) {
        this.account = account;
        this.distribution = distribution;
        this.data = data;
        this.logs = logs;
        this.lock = lock;
        this.notes = List.copyOf(notes);
    }

    /** Where the build of jobs unpacks Elasticsearch: the one folder below {@code target/elasticsearch-dist}. */
    static Path unpacked(Path home) {
        Path parent = home.resolve("jobs/target/elasticsearch-dist");
        try (Stream<Path> folders = Files.list(parent)) {
            Optional<Path> newest = folders.filter(folder -> Files.isExecutable(folder.resolve("bin/elasticsearch")))
                    .max(Path::compareTo);
            return newest.orElse(parent);
        } catch (IOException e) {
            return parent;
        }
    }

    /** Finds folders that the account can use and takes hold of them. */
    static Workplace claim(ElasticsearchProcess.Setup setup) {
        if (!Files.isExecutable(setup.distribution().resolve("bin/elasticsearch"))) {
            throw broken("Elasticsearch is not unpacked in " + setup.distribution()
                    + "; 'mvn -pl jobs -am generate-resources' does it, and so does ./observatory.");
        }
        Account account = Account.suitable();
        Path java = Path.of(System.getProperty("java.home"));
        if (!account.canRead(java.resolve("bin/java"))) {
            throw broken(
                    "The user that runs Elasticsearch (uid 65534, since it does not run as root) cannot reach the JDK in "
                            + java + "; use a JDK below /usr/lib/jvm, or run as another user.");
        }
        List<String> notes = new ArrayList<>();
        try {
            Path distribution = reachableCopy(account, setup.distribution(), notes);
            Path data = usable(account, setup.data(), notes);
            Path logs = usable(account, setup.logs(), notes);
            FileChannel lock = hold(data);
            return new Workplace(account, distribution, data, logs, lock, notes);
        } catch (IOException e) {
            throw new ElasticException(
                    ElasticException.NO_ANSWER, "Elasticsearch cannot use its folders: " + said(e) + ".", e);
        }
    }

    private static Path usable(Account account, Path folder, List<String> notes) throws IOException {
        Files.createDirectories(folder);
        account.own(folder);
        if (account.canWrite(folder)) {
            return folder;
        }
        if (!account.isOther()) {
            throw new FileSystemException(folder.toString(), null, "it cannot be written");
        }
        Path instead = shelter().resolve("folder-" + Integer.toHexString(folder.hashCode()));
        Files.createDirectories(instead);
        account.own(instead);
        if (!account.canWrite(instead)) {
            throw new FileSystemException(instead.toString(), null, "uid 65534 cannot write it");
        }
        notes.add("Elasticsearch (uid 65534) cannot reach " + folder + "; it uses " + instead + " instead.");
        return instead;
    }

    private static Path reachableCopy(Account account, Path distribution, List<String> notes) throws IOException {
        if (account.canRead(distribution.resolve("bin/elasticsearch"))) {
            return distribution;
        }
        Path copy = shelter().resolve(Objects.requireNonNull(distribution.getFileName(), "name"));
        if (!Files.exists(copy)) {
            Path half = Files.createTempDirectory(shelter(), "copying");
            copyTree(distribution, half);
            Files.setPosixFilePermissions(half, PosixFilePermissions.fromString("rwxr-xr-x"));
            Files.move(half, copy, StandardCopyOption.ATOMIC_MOVE);
        }
        notes.add("Elasticsearch (uid 65534) cannot reach " + distribution + "; it runs from a copy in " + copy + ".");
        return copy;
    }

    /** A folder below the temporary one that nobody else can have prepared: root's, writable by root alone. */
    private static Path shelter() throws IOException {
        Path shelter = Path.of(System.getProperty("java.io.tmpdir"), NAME + "-root");
        if (!Files.exists(shelter, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectory(shelter);
            Files.setPosixFilePermissions(shelter, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        Set<PosixFilePermission> allowed = Files.getPosixFilePermissions(shelter, LinkOption.NOFOLLOW_LINKS);
        Object owner = Files.getAttribute(shelter, "unix:uid", LinkOption.NOFOLLOW_LINKS);
        if (!Files.isDirectory(shelter, LinkOption.NOFOLLOW_LINKS)
                || !Integer.valueOf(0).equals(owner)
                || allowed.contains(PosixFilePermission.GROUP_WRITE)
                || allowed.contains(PosixFilePermission.OTHERS_WRITE)) {
            throw new FileSystemException(shelter.toString(), null, "it belongs to somebody else; remove it");
        }
        return shelter;
    }

    private static void copyTree(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Path target = to.resolve(from.relativize(file));
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        }
    }

    private static FileChannel hold(Path data) throws IOException {
        FileChannel channel =
                FileChannel.open(data.resolve("owner.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return channel;
            }
        } catch (OverlappingFileLockException e) {
            // Held by this very process: the same answer to the same person.
        }
        channel.close();
        throw broken(
                "The data folder " + data + " is in use: another observatory runs Elasticsearch on it. Stop that one"
                        + " first, or choose another folder.");
    }

    Account account() {
        return account;
    }

    Path distribution() {
        return distribution;
    }

    Path data() {
        return data;
    }

    Path logs() {
        return logs;
    }

    List<String> notes() {
        return notes;
    }

    Path configuration() {
        return data.resolve("config");
    }

    Path temporary() {
        return data.resolve("tmp");
    }

    Path pidFile() {
        return data.resolve("elasticsearch.pid");
    }

    Path console() {
        return logs.resolve("console.log");
    }

    void release() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Stops the Elasticsearch that an earlier owner of this folder left behind. The number in the file may by now be
     * that of a stranger, so its command must speak of this folder.
     */
    void stopLeftOver(Duration grace) {
        Optional<ProcessHandle> left = leftOver();
        left.ifPresent(process -> {
            process.destroy();
            try {
                process.onExit().get(grace.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException | ExecutionException e) {
                forceEnd(process);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        try {
            Files.deleteIfExists(pidFile());
        } catch (IOException e) {
            throw new ElasticException(ElasticException.NO_ANSWER, "Cannot remove " + pidFile() + ": " + said(e), e);
        }
    }

    private static void forceEnd(ProcessHandle process) {
        if (process.destroyForcibly()) {
            process.onExit().join();
        }
    }

    private Optional<ProcessHandle> leftOver() {
        try {
            long pid = Long.parseLong(Files.readString(pidFile()).strip());
            String marker = configuration().toString();
            return ProcessHandle.of(pid)
                    .filter(process -> process.info().commandLine().orElse("").contains(marker)
                            || process.info()
                                    .arguments()
                                    .map(List::of)
                                    .orElse(List.of())
                                    .toString()
                                    .contains(marker));
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Writes the configuration of the next start. */
    void configure(int port, int transport, String heap) {
        try {
            for (Path folder : List.of(configuration(), temporary(), indices())) {
                Files.createDirectories(folder);
            }
            for (String copied : List.of("role_mapping.yml", "roles.yml", "users", "users_roles")) {
                Files.copy(
                        distribution.resolve("config").resolve(copied),
                        configuration().resolve(copied),
                        StandardCopyOption.REPLACE_EXISTING);
            }
            Files.writeString(configuration().resolve("elasticsearch.yml"), settings(port, transport));
            Files.writeString(configuration().resolve("jvm.options"), jvmOptions());
            try (InputStream in = Objects.requireNonNull(getClass().getResourceAsStream("process-log4j2.properties"))) {
                Files.write(configuration().resolve("log4j2.properties"), in.readAllBytes());
            }
            Files.writeString(console(), "");
            account.own(data);
            account.own(logs);
        } catch (IOException e) {
            throw new ElasticException(
                    ElasticException.NO_ANSWER, "The configuration of Elasticsearch cannot be written: " + said(e), e);
        }
    }

    private Path indices() {
        return data.resolve("indices");
    }

    /** Watermarks are absolute: on a large, well-filled disk the usual 90 % would forbid new indices. */
    private String settings(int port, int transport) {
        return """
                cluster.name: observatory
                node.name: observatory
                discovery.type: single-node
                network.host: 127.0.0.1
                http.port: %d
                transport.port: %d
                path.data: "%s"
                path.logs: "%s"
                xpack.security.enabled: false
                cluster.max_shards_per_node: 5000
                cluster.routing.allocation.disk.watermark.low: 1gb
                cluster.routing.allocation.disk.watermark.high: 500mb
                cluster.routing.allocation.disk.watermark.flood_stage: 250mb
                """.formatted(port, transport, quoted(indices()), quoted(logs));
    }

    private static String quoted(Path path) {
        return path.toString().replace("\\", "\\\\").replace("\"", "\\\"");
    }

    /** Those of the distribution, without its unbounded heap dumps and its 2 GB of garbage collection logs. */
    private String jvmOptions() throws IOException {
        List<String> kept =
                Files.readAllLines(distribution.resolve("config/jvm.options"), StandardCharsets.UTF_8).stream()
                        .filter(line -> !line.contains("-Xlog:gc") && !line.contains("HeapDumpOnOutOfMemoryError"))
                        .map(line -> line.replace("-XX:ErrorFile=hs_err", "-XX:ErrorFile=" + logs + "/hs_err"))
                        .toList();
        return String.join("\n", kept) + "\n";
    }

    /** What this start had to complain about, in one line. */
    String lastWords() {
        List<String> printed = tail(console());
        List<String> logged = sinceLastStart(tail(logs.resolve("elasticsearch.log")));
        List<String> telling = Stream.concat(
                        printed.stream().filter(line -> !line.startsWith("WARNING")),
                        logged.stream().filter(line -> line.contains("[ERROR") || line.contains("Exception")))
                .filter(line -> !line.isBlank() && !line.stripLeading().startsWith("at "))
                .map(String::strip)
                .distinct()
                .toList();
        List<String> shown = telling.isEmpty() ? logged : telling;
        int from = Math.max(0, shown.size() - LAST_LINES);
        String words = String.join(" | ", shown.subList(from, shown.size())).replaceAll("\\s+", " ");
        String bounded = words.length() <= 600 ? words : words.substring(0, 600) + "...";
        return "Its log, in " + logs + ", ends: " + (bounded.isEmpty() ? "(nothing)" : bounded);
    }

    private static List<String> sinceLastStart(List<String> lines) {
        for (int i = lines.size() - 1; i >= 0; i--) {
            if (lines.get(i).contains(" version[")) {
                return lines.subList(i, lines.size());
            }
        }
        return lines;
    }

    private static List<String> tail(Path file) {
        try (FileChannel channel = FileChannel.open(file)) {
            long from = Math.max(0, channel.size() - 16 * 1024);
            channel.position(from);
            byte[] bytes = Channels.newInputStream(channel).readAllBytes();
            return new String(bytes, StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    private static String said(IOException e) {
        return e.getClass().getSimpleName() + ": " + e.getMessage();
    }

    private static ElasticException broken(String sentence) {
        return new ElasticException(ElasticException.NO_ANSWER, sentence);
    }
}
