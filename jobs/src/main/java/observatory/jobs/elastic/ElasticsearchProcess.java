package observatory.jobs.elastic;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real Elasticsearch as a child process of this one, on 127.0.0.1 only, without login. It lives no longer than this
 * process: a normal end stops it, and after {@code kill -9} a shell between the two sees the closed pipe and stops it.
 *
 * <p>One process per data folder. A folder that another living process holds is refused; an Elasticsearch that a killed
 * process left on it is stopped before the new one starts. Data survive a restart.
 *
 * <p>Elasticsearch refuses to run as root: started by root it runs as uid 65534, and its folders belong to that uid.
 * Where that uid cannot reach a folder, one under the temporary folder takes its place, and {@link #notes} says so.
 */
public final class ElasticsearchProcess implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ElasticsearchProcess.class);
    private static final Duration GRACE = Duration.ofSeconds(20);
    private static final Duration POLL = Duration.ofMillis(200);

    /** Starts Elasticsearch and ends it when standard input does, that is when the JVM that holds the pipe is gone. */
    private static final String LEASH = """
            exec 3<&0
            "$@" </dev/null 3<&- &
            child=$!
            (cat <&3 >/dev/null; kill -TERM $child 2>/dev/null) &
            exec 3<&-
            wait $child
            """;

    private final Setup setup;
    private final Workplace place;
    private final int port;
    private final Thread stopAtExit = new Thread(this::end, "elasticsearch-stop");
    private @Nullable Process process;

    /**
     * What to start.
     *
     * @param distribution the unpacked zip, the folder with {@code bin} and {@code lib}
     * @param data folder for indices and configuration, made when missing
     * @param logs folder for log files, made when missing
     * @param port HTTP port on 127.0.0.1; 0: any free one
     * @param heap size of its heap as the JVM takes it: {@code 1g}, {@code 512m}
     * @param patience how long a start may take
     */
    public record Setup(Path distribution, Path data, Path logs, int port, String heap, Duration patience) {

        /** @throws IllegalArgumentException when port or heap make no sense */
        public Setup {
            if (port < 0 || port > 65535) {
                throw new IllegalArgumentException("Port " + port + " of Elasticsearch is not within 0..65535");
            }
            if (!heap.matches("[1-9][0-9]{0,5}[mg]")) {
                throw new IllegalArgumentException(
                        "Heap '" + heap + "' of Elasticsearch cannot be used; wanted 512m, 1g");
            }
            distribution = distribution.toAbsolutePath().normalize();
            data = data.toAbsolutePath().normalize();
            logs = logs.toAbsolutePath().normalize();
        }

        /** A free port, 1 GB of heap and 5 minutes: the distribution the build unpacked below {@code home}. */
        public static Setup in(Path home, Path data, Path logs) {
            return new Setup(Workplace.unpacked(home), data, logs, 0, "1g", Duration.ofMinutes(5));
        }

        /** The same on a port. */
        public Setup withPort(int port) {
            return new Setup(distribution, data, logs, port, heap, patience);
        }

        /** The same with a heap. */
        public Setup withHeap(String heap) {
            return new Setup(distribution, data, logs, port, heap, patience);
        }
    }

    private ElasticsearchProcess(Setup setup, Workplace place, int port) {
        this.setup = setup;
        this.place = place;
        this.port = port;
    }

    /**
     * Starts and waits until it answers.
     *
     * @throws ElasticException in one line: port busy, distribution missing, folder in use, did not start
     */
    public static ElasticsearchProcess start(Setup setup) {
        Workplace place = Workplace.claim(setup);
        try {
            int port = Ports.choose(setup.port());
            ElasticsearchProcess started = new ElasticsearchProcess(setup, place, port);
            Runtime.getRuntime().addShutdownHook(started.stopAtExit);
            started.launch();
            return started;
        } catch (RuntimeException e) {
            place.release();
            throw e;
        }
    }

    /** How to reach it. */
    public ElasticSettings settings() {
        return ElasticSettings.at("http://127.0.0.1:" + port);
    }

    /** Its HTTP port on 127.0.0.1; the same after {@link #restart}. */
    public int port() {
        return port;
    }

    /** What a person should know about this start, a sentence each; mostly empty. */
    public List<String> notes() {
        return place.notes();
    }

    /** The folder its log files are in. */
    public Path logs() {
        return place.logs();
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

    /** Stops it but keeps folder and port for {@link #restart}: first asks, after 20 s forces. */
    public synchronized void pause() {
        end();
    }

    /** Ends it at once, as a crash would; for tests of what survives. {@link #restart} starts it again. */
    public synchronized void kill() {
        Process running = process;
        if (running == null) {
            return;
        }
        List<ProcessHandle> family = running.descendants().toList();
        running.destroyForcibly();
        family.forEach(ProcessHandle::destroyForcibly);
        family.forEach(child -> child.onExit().join());
        running.onExit().join();
        process = null;
    }

    /** Stops it and lets go of the folder: first asks, after 20 s forces. */
    @Override
    public void close() {
        end();
        place.release();
        try {
            Runtime.getRuntime().removeShutdownHook(stopAtExit);
        } catch (IllegalStateException e) {
            LOG.debug("Stopping because the JVM ends", e);
        }
    }

    private synchronized void launch() {
        place.stopLeftOver(GRACE);
        int transport = Ports.choose(0);
        place.configure(port, transport, setup.heap());
        try {
            process = builder().start();
        } catch (IOException e) {
            throw new ElasticException(
                    ElasticException.NO_ANSWER, "Elasticsearch cannot be started: " + e.getMessage(), e);
        }
        awaitHealth();
    }

    private ProcessBuilder builder() {
        List<String> command = new ArrayList<>(place.account().prefix());
        command.addAll(List.of("/bin/sh", "-c", LEASH, "elasticsearch"));
        command.add(place.distribution().resolve("bin/elasticsearch").toString());
        command.addAll(List.of("-p", place.pidFile().toString()));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(place.data().toFile())
                .redirectErrorStream(true)
                .redirectOutput(place.console().toFile());
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("ES_"));
        environment.remove("JAVA_HOME");
        environment.put("ES_JAVA_HOME", System.getProperty("java.home"));
        environment.put("ES_JAVA_OPTS", "-Xms" + setup.heap() + " -Xmx" + setup.heap());
        environment.put("ES_PATH_CONF", place.configuration().toString());
        environment.put("ES_TMPDIR", place.temporary().toString());
        return builder;
    }

    /** Polls with the process as the clock: each round waits for it to end. */
    private void awaitHealth() {
        Process started = Objects.requireNonNull(process);
        long rounds = Math.max(1, setup.patience().dividedBy(POLL));
        try (ElasticClient client = ElasticClient.to(settings())) {
            for (long round = 0; round < rounds; round++) {
                if (started.waitFor(POLL.toMillis(), TimeUnit.MILLISECONDS)) {
                    int code = started.exitValue();
                    process = null;
                    throw notStarted("ended with code " + code);
                }
                if (client.check().ok()) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            end();
            throw notStarted("start was interrupted");
        }
        end();
        throw notStarted("did not answer within " + setup.patience().toSeconds() + " s");
    }

    private ElasticException notStarted(String what) {
        return new ElasticException(
                ElasticException.NO_ANSWER,
                "Elasticsearch on 127.0.0.1:" + port + " " + what + ". " + place.lastWords());
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
                LOG.warn(
                        "Elasticsearch on port {} did not stop within {} s; it is ended by force",
                        port,
                        GRACE.toSeconds());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        family.forEach(ProcessHandle::destroyForcibly);
        running.destroyForcibly();
    }
}
