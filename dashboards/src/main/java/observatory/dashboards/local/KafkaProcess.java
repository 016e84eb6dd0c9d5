package observatory.dashboards.local;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real Kafka broker as a child process of this one, on 127.0.0.1 only. It lives no longer than this process: {@link #close}
 * stops it, and however this process ends, a shell between the two sees the closed pipe and stops it. There is no shutdown
 * hook of its own, since what writes to Kafka has to be stopped first. One process a data folder; what is in it survives a
 * restart.
 *
 * <pre>
 * DATA/owner.lock         locked by us; the system unlocks it when we are gone, however we went
 * DATA/kafka.pid          of the broker, to stop one that was left behind
 * DATA/server.properties  written anew at each start
 * DATA/log/               topics
 * LOGS/kafka.log          what the broker says, of the last start
 * </pre>
 *
 * The broker's jars are those of {@code dashboards/target/kafka/classpath}, which the build writes.
 */
public final class KafkaProcess implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaProcess.class);
    private static final Duration GRACE = Duration.ofSeconds(20);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration ANSWER = Duration.ofSeconds(2);
    private static final int LAST_LINES = 3;
    private static final int LONGEST_WORDS = 500;

    /** Starts the broker and ends it when standard input does, that is when the JVM that holds the pipe is gone. */
    private static final String LEASH = """
            exec 3<&0
            pid=$1; shift
            "$@" </dev/null 3<&- &
            child=$!
            echo $child >"$pid"
            (cat <&3 >/dev/null; kill -TERM $child 2>/dev/null) &
            exec 3<&-
            wait $child
            code=$?
            rm -f "$pid"
            exit $code
            """;

    private final Setup setup;
    private final FileChannel lock;
    private final int port;
    private final int controllerPort;
    private @Nullable Process process;

    /**
     * What to start.
     *
     * @param classPath file that holds the class path of the broker
     * @param data folder for topics and configuration, made when missing
     * @param logs folder for the log file, made when missing
     * @param port port on 127.0.0.1; 0: the one of the last start, or any free one
     * @param retention how long raw input is kept
     * @param retentionBytes how much of it is kept a partition; what is older goes
     * @param patience how long a start may take
     */
    public record Setup(
            Path classPath,
            Path data,
            Path logs,
            int port,
            Duration retention,
            long retentionBytes,
            Duration patience) {

        /** Raw input can be replayed for so long. */
        public static final Duration DEFAULT_RETENTION = Duration.ofDays(7);

        /** Of each partition; so our eight of them stay below 16 GB. */
        public static final long DEFAULT_RETENTION_BYTES = 2L << 30;

        /** @throws IllegalArgumentException when the port makes no sense */
        public Setup {
            if (port < 0 || port > 65535) {
                throw new IllegalArgumentException("Port " + port + " of Kafka is not within 0..65535");
            }
            data = data.toAbsolutePath().normalize();
            logs = logs.toAbsolutePath().normalize();
        }

        /** The broker that the build below {@code home} resolved. */
        public static Setup in(Path home, Path data, Path logs) {
            return new Setup(
                    home.resolve("dashboards/target/kafka/classpath"),
                    data,
                    logs,
                    0,
                    DEFAULT_RETENTION,
                    DEFAULT_RETENTION_BYTES,
                    Duration.ofMinutes(2));
        }

        /** The same on a port. */
        public Setup withPort(int port) {
            return new Setup(classPath, data, logs, port, retention, retentionBytes, patience);
        }
    }

    private KafkaProcess(Setup setup, FileChannel lock, int port, int controllerPort) {
        this.setup = setup;
        this.lock = lock;
        this.port = port;
        this.controllerPort = controllerPort;
    }

    /**
     * Starts and waits until it answers.
     *
     * @throws KafkaException in one line: port busy, jars missing, folder in use, did not start
     */
    public static KafkaProcess start(Setup setup) {
        FileChannel lock = claim(setup);
        try {
            stopLeftOver(setup);
            KafkaProcess started = new KafkaProcess(setup, lock, choose(setup.port()), choose(0));
            started.format();
            started.launch();
            return started;
        } catch (IOException e) {
            release(lock);
            throw new KafkaException("Kafka cannot use its folder " + setup.data() + ": " + e, e);
        } catch (RuntimeException e) {
            release(lock);
            throw e;
        }
    }

    /** What clients connect to. */
    public String bootstrap() {
        return "127.0.0.1:" + port;
    }

    /** Its port on 127.0.0.1; the same after {@link #restart}. */
    public int port() {
        return port;
    }

    /** Whether the process runs. */
    public synchronized boolean isAlive() {
        return process != null && process.isAlive();
    }

    /** Stops it and starts it again on the same data and port. */
    public synchronized void restart() {
        end();
        launch();
    }

    /** Stops it but keeps folder and port for {@link #restart}. */
    public synchronized void pause() {
        end();
    }

    /** Stops it and lets go of the folder: first asks, after 20 s forces. */
    @Override
    public void close() {
        end();
        release(lock);
    }

    // --- the folder -------------------------------------------------------------------------------------------------

    private static FileChannel claim(Setup setup) {
        if (!Files.isReadable(setup.classPath())) {
            throw new KafkaException(
                    "The jars of Kafka are not named in " + setup.classPath()
                            + "; './observatory' and 'mvn -pl dashboards -am package' do it",
                    null);
        }
        try {
            Files.createDirectories(setup.data());
            Files.createDirectories(setup.logs());
            FileChannel channel = FileChannel.open(
                    setup.data().resolve("owner.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (isLocked(channel)) {
                return channel;
            }
            channel.close();
            throw new KafkaException(
                    "The data folder " + setup.data() + " is in use: another observatory runs Kafka on it. Stop that"
                            + " one first.",
                    null);
        } catch (IOException e) {
            throw new KafkaException("Kafka cannot use its folders: " + e, e);
        }
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException ofThisProcess) {
            return false;
        }
    }

    private static void release(FileChannel lock) {
        try {
            lock.close();
        } catch (IOException e) {
            throw new KafkaException("The folder of Kafka cannot be let go: " + e, e);
        }
    }

    /** The number in the file may by now be that of a stranger, so its command must speak of this folder. */
    private static void stopLeftOver(Setup setup) throws IOException {
        Path pidFile = pidFile(setup);
        if (!Files.exists(pidFile)) {
            return;
        }
        try {
            long pid = Long.parseLong(Files.readString(pidFile).strip());
            ProcessHandle.of(pid)
                    .filter(left -> speaksOf(left, setup.data().toString()))
                    .ifPresent(KafkaProcess::stop);
        } catch (NumberFormatException half) {
            LOG.debug("no number in {}", pidFile, half);
        }
        Files.deleteIfExists(pidFile);
    }

    private static boolean speaksOf(ProcessHandle process, String folder) {
        Stream<String> words = Stream.concat(
                process.info().commandLine().stream(),
                process.info().arguments().stream().flatMap(Stream::of));
        return words.anyMatch(word -> word.contains(folder));
    }

    private static void stop(ProcessHandle process) {
        process.destroy();
        try {
            process.onExit().get(GRACE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            process.destroyForcibly();
            process.onExit().join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Path pidFile(Setup setup) {
        return setup.data().resolve("kafka.pid");
    }

    private static int choose(int wanted) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), wanted));
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new KafkaException(
                    "Port " + wanted + " on 127.0.0.1 is in use (" + e.getMessage()
                            + "); choose another under kafka.port",
                    e);
        }
    }

    // --- the process ------------------------------------------------------------------------------------------------

    /** Gives the folder its identity, once; a folder that has one keeps it. */
    private void format() throws IOException {
        configure();
        Path log = setup.data().resolve("log");
        Path meta = log.resolve("meta.properties");
        if (Files.exists(meta)) {
            return;
        }
        UUID random = UUID.randomUUID();
        String cluster = new Uuid(random.getMostSignificantBits(), random.getLeastSignificantBits()).toString();
        List<String> command = java("kafka.tools.StorageTool");
        command.addAll(List.of("format", "-t", cluster, "-c", properties().toString(), "--standalone"));
        try {
            Process formatting = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(console().toFile())
                    .start();
            if (!formatting.waitFor(setup.patience().toMillis(), TimeUnit.MILLISECONDS)) {
                formatting.destroyForcibly();
                throw notStarted("did not prepare its folder in time");
            }
            if (formatting.exitValue() != 0) {
                throw notStarted("could not prepare its folder");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("The start of Kafka was interrupted", e);
        }
    }

    private void configure() throws IOException {
        Files.writeString(properties(), """
                process.roles=broker,controller
                node.id=1
                listeners=PLAINTEXT://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d
                advertised.listeners=PLAINTEXT://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d
                controller.listener.names=CONTROLLER
                controller.quorum.bootstrap.servers=127.0.0.1:%d
                listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
                log.dirs=%s
                num.partitions=4
                offsets.topic.num.partitions=1
                offsets.topic.replication.factor=1
                transaction.state.log.num.partitions=1
                transaction.state.log.replication.factor=1
                transaction.state.log.min.isr=1
                share.coordinator.state.topic.num.partitions=1
                share.coordinator.state.topic.replication.factor=1
                share.coordinator.state.topic.min.isr=1
                message.max.bytes=4194304
                log.retention.ms=%d
                log.retention.bytes=%d
                log.segment.bytes=134217728
                group.initial.rebalance.delay.ms=0
                """.formatted(
                        port,
                        controllerPort,
                        port,
                        controllerPort,
                        controllerPort,
                        setup.data().resolve("log"),
                        setup.retention().toMillis(),
                        setup.retentionBytes()));
        try (var in = Objects.requireNonNull(KafkaProcess.class.getResourceAsStream("kafka-log4j2.xml"))) {
            Files.write(setup.data().resolve("log4j2.xml"), in.readAllBytes());
        }
    }

    private Path properties() {
        return setup.data().resolve("server.properties");
    }

    private Path console() {
        return setup.logs().resolve("kafka-console.log");
    }

    private List<String> java(String mainClass) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
        command.addAll(List.of("-Xmx320m", "-XX:+UseSerialGC"));
        command.add("--enable-native-access=ALL-UNNAMED");
        command.add("-Dlog4j2.configurationFile=" + setup.data().resolve("log4j2.xml"));
        command.add("-Dkafka.logs.dir=" + setup.logs());
        command.addAll(List.of("-cp", Files.readString(setup.classPath()).strip(), mainClass));
        return command;
    }

    private synchronized void launch() {
        try {
            List<String> command = new ArrayList<>(
                    List.of("/bin/sh", "-c", LEASH, "kafka", pidFile(setup).toString()));
            command.addAll(java("kafka.Kafka"));
            command.add(properties().toString());
            process = new ProcessBuilder(command)
                    .directory(setup.data().toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(console().toFile())
                    .start();
        } catch (IOException e) {
            throw new KafkaException("Kafka cannot be started: " + e.getMessage(), e);
        }
        awaitAnswer();
    }

    private void awaitAnswer() {
        Process started = Objects.requireNonNull(process);
        long rounds = Math.max(1, setup.patience().dividedBy(POLL));
        try {
            for (long round = 0; round < rounds; round++) {
                if (started.waitFor(POLL.toMillis(), TimeUnit.MILLISECONDS)) {
                    process = null;
                    throw notStarted("ended with code " + started.exitValue());
                }
                if (isListening() && answers()) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            end();
            throw new KafkaException("The start of Kafka was interrupted", e);
        }
        end();
        throw notStarted("did not answer within " + setup.patience().toSeconds() + " s");
    }

    private boolean isListening() {
        try (java.net.Socket socket = new java.net.Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port), 200);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    private boolean answers() throws InterruptedException {
        Properties client = new Properties();
        client.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap());
        client.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, Math.toIntExact(ANSWER.toMillis()));
        client.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, Math.toIntExact(ANSWER.toMillis()));
        try (Admin admin = Admin.create(client)) {
            return !admin.describeCluster()
                    .nodes()
                    .get(ANSWER.toMillis(), TimeUnit.MILLISECONDS)
                    .isEmpty();
        } catch (ExecutionException | TimeoutException notYet) {
            return false;
        }
    }

    private KafkaException notStarted(String what) {
        return new KafkaException("Kafka on 127.0.0.1:" + port + " " + what + ". " + lastWords(), null);
    }

    private String lastWords() {
        try (Stream<String> lines = Files.lines(console())) {
            List<String> telling = lines.filter(line -> !line.isBlank()
                            && !line.startsWith("WARNING")
                            && !line.stripLeading().startsWith("at "))
                    .toList();
            int from = Math.max(0, telling.size() - LAST_LINES);
            String words = String.join(" | ", telling.subList(from, telling.size()));
            String bounded = words.length() <= LONGEST_WORDS ? words : words.substring(0, LONGEST_WORDS) + "...";
            return "Its log, in " + setup.logs() + ", ends: " + (bounded.isEmpty() ? "(nothing)" : bounded);
        } catch (IOException | java.io.UncheckedIOException e) {
            return "It left no log in " + setup.logs() + ".";
        }
    }

    private synchronized void end() {
        Process running = process;
        process = null;
        if (running == null) {
            return;
        }
        List<ProcessHandle> family = running.descendants().toList();
        try (OutputStream leash = running.getOutputStream()) {
            LOG.debug("Letting go of {}", leash);
        } catch (IOException e) {
            LOG.debug("Already gone", e);
        }
        try {
            if (!running.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("Kafka on port {} did not stop within {} s; it is ended by force", port, GRACE.toSeconds());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        family.forEach(ProcessHandle::destroyForcibly);
        running.destroyForcibly();
    }
}
