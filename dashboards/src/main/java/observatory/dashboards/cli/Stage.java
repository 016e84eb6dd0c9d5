package observatory.dashboards.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import observatory.dashboards.cli.ProgressLine.Progress;
import observatory.dashboards.console.ConsoleServer;
import observatory.dashboards.console.ConsoleSettings;
import observatory.dashboards.finding.Findings;
import observatory.dashboards.local.Folders;
import observatory.dashboards.local.KafkaProcess;
import observatory.dashboards.local.Listed;
import observatory.dashboards.local.LocalReplay;
import observatory.dashboards.local.LocalServices;
import observatory.ingest.Decoders;
import observatory.ingest.archive.Archive;
import observatory.ingest.collect.CollectSettings;
import observatory.ingest.collect.Collectors;
import observatory.jobs.attribute.GeoAccess;
import observatory.jobs.attribute.Reached;
import observatory.jobs.elastic.ElasticClient;
import observatory.jobs.elastic.ElasticSettings;
import observatory.jobs.elastic.ElasticsearchProcess;
import observatory.jobs.summary.Summary;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What {@code demo}, {@code replay} and {@code up} set up, each step told in one line on standard error. */
final class Stage {
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Logger LOG = LoggerFactory.getLogger(Stage.class);

    private final Surroundings surroundings;
    private final LocalServices services;
    private final PrintWriter err;

    Stage(Surroundings surroundings, LocalServices services, PrintWriter err) {
        this.surroundings = surroundings;
        this.services = services;
        this.err = err;
    }

    /** Tells what is being done. */
    void say(String words) {
        err.println(words);
        err.flush();
    }

    /** Tells what is missing or too old of the data that attributions will rest on. */
    void sayStateOf(GeoAccess geo) {
        geo.snapshot().announcements(surroundings.clock()).forEach(words -> say("Geo data: " + words));
    }

    /** Fails now, and not after Elasticsearch has started, when a path is no log. */
    void check(LocalReplay.Order order) {
        Archive.of(order.paths(), order.archive());
    }

    /** Fails now, and not after all the work is done, when the console's port is taken. */
    void checkPort(ConsoleSettings settings) {
        try (ServerSocket free = new ServerSocket()) {
            free.setReuseAddress(true); // like the console's own socket: connections that have ended do not count
            free.bind(new InetSocketAddress(settings.host(), settings.port()));
        } catch (IOException taken) {
            throw CommandFailure.failed("port " + settings.port() + " of " + settings.host()
                    + " is taken or not allowed (" + taken.getMessage() + "); name another with --port");
        }
    }

    /** Starts a Kafka on this machine. */
    String kafka(int port) throws Exception {
        say("Starting Kafka ...");
        Folders folders = surroundings.folders();
        KafkaProcess.Setup setup = KafkaProcess.Setup.in(surroundings.home(), folders.kafkaData(), folders.kafkaLogs())
                .withPort(port);
        KafkaProcess process = services.start("Kafka", () -> KafkaProcess.start(setup));
        say("Kafka answers at " + process.bootstrap());
        return process.bootstrap();
    }

    /** Opens all that is collected. */
    Collectors collectors(CollectSettings settings) throws Exception {
        Collectors collectors = services.start(
                "collectors", () -> Collectors.open(settings, surroundings.clock(), Decoders::detectDatagram));
        List<String> words = new ArrayList<>();
        if (!collectors.flowPorts().isEmpty()) {
            words.add("flow records on UDP " + collectors.flowPorts());
        }
        if (!collectors.syslogPorts().isEmpty()) {
            words.add("syslog on " + collectors.syslogPorts());
        }
        settings.dnstap().forEach(socket -> words.add("dnstap on " + socket.path()));
        settings.files().forEach(files -> words.add("files " + files.pattern()));
        say("Collecting " + (words.isEmpty() ? "nothing: the configuration names no input" : String.join(", ", words)));
        if (collectors.receiveBuffer() > 0
                && settings.flows() != null
                && collectors.receiveBuffer() < settings.flows().receiveBuffer()) {
            say("The kernel grants receive buffers of " + collectors.receiveBuffer() / 1024
                    + " KiB only, and drops what bursts beyond (counted); more: sysctl -w net.core.rmem_max="
                    + settings.flows().receiveBuffer());
        }
        return collectors;
    }

    /** Waits until Ctrl-C, or until one of the services has failed for good. */
    void serve(List<Supplier<Optional<String>>> failures) throws InterruptedException {
        while (!services.awaitClose(LOOK)) {
            for (Supplier<Optional<String>> failure : failures) {
                failure.get().ifPresent(words -> {
                    throw CommandFailure.failed(words);
                });
            }
        }
    }

    /** Starts the embedded Elasticsearch on a data folder. */
    ElasticSettings elasticsearch(Path data) throws Exception {
        say("Starting Elasticsearch ...");
        Path logs = surroundings.folders().elasticLogs();
        ElasticsearchProcess.Setup setup = ElasticsearchProcess.Setup.in(surroundings.home(), data, logs);
        ElasticsearchProcess process = services.start("Elasticsearch", () -> ElasticsearchProcess.start(setup));
        process.notes().forEach(this::say);
        Path address = address(data);
        services.start("address file", () -> {
            Files.writeString(address, process.settings().url().toString());
            return () -> Files.deleteIfExists(address);
        });
        say("Elasticsearch answers at " + process.settings().url());
        return process.settings();
    }

    /**
     * Finds this machine's own Elasticsearch on a data folder: the one that another observatory runs, else one of our own.
     *
     * @param command what would have filled the folder
     */
    ElasticSettings stored(Path data, String command) throws Exception {
        if (!Files.isDirectory(data)) {
            throw CommandFailure.failed("nothing is stored here yet; run 'observatory " + command
                    + "' first, or name an Elasticsearch with --elasticsearch");
        }
        Path address = address(data);
        if (Files.exists(address)) {
            ElasticSettings running = ElasticSettings.at(Files.readString(address));
            try (ElasticClient client = ElasticClient.to(running)) {
                if (client.check().ok()) {
                    return running;
                }
            }
        }
        return elasticsearch(data);
    }

    private static Path address(Path data) {
        return data.resolveSibling(data.getFileName() + ".url");
    }

    /** Replays, with a progress line. */
    Summary replay(LocalReplay.Order order, ElasticSettings elastic) {
        ProgressLine line = new ProgressLine(err, Boolean.getBoolean("observatory.terminal"));
        try {
            Summary summary =
                    new LocalReplay(surroundings.home(), surroundings.clock()).run(order, elastic, new Shown(line));
            settle(elastic);
            return summary;
        } finally {
            line.end();
        }
    }

    /** A finding that was told again counts as it was decided before. */
    private void settle(ElasticSettings elastic) {
        try (ElasticClient client = ElasticClient.to(elastic)) {
            new Findings(client, surroundings.clock()).settle(null, false);
        }
    }

    /** Finds out where flows went, with a progress line. */
    List<Reached> destinations(LocalReplay.Order order) {
        ProgressLine line = new ProgressLine(err, Boolean.getBoolean("observatory.terminal"));
        try {
            return new LocalReplay(surroundings.home(), surroundings.clock()).destinations(order, new Shown(line));
        } finally {
            line.end();
        }
    }

    /** Serves the console over an Elasticsearch. */
    URI console(ConsoleSettings settings, ElasticSettings elastic) throws Exception {
        ElasticClient client = services.start("console's client", () -> ElasticClient.to(elastic));
        ConsoleServer server =
                services.start("console", () -> new ConsoleServer(settings, client, surroundings.clock()).start());
        say("The console is at " + server.address() + " (Ctrl-C ends it)");
        return server.address();
    }

    /** Rows of an inventory that are not used cost nothing else, but whoever wrote them wants to know. */
    void sayFaultsOf(Listed listed) {
        if (listed.unused() > 0) {
            say("Not used of the inventory: " + listed.unused() + " rows");
            listed.faults().forEach(fault -> say("  " + fault));
        }
    }

    private final class Shown implements LocalReplay.Watcher {
        private final ProgressLine line;

        Shown(ProgressLine line) {
            this.line = line;
        }

        @Override
        public void found(Archive archive) {
            if (!archive.skipped().isEmpty()) {
                archive.skipped().forEach(file -> LOG.info("skipped {}", file));
                say("Skipped " + archive.skipped().size() + " files that are no logs (why: "
                        + surroundings.folders().log() + ")");
            }
            say("Looking through " + archive.files().size() + " files ...");
        }

        @Override
        public void listed(Listed listed) {
            sayFaultsOf(listed);
        }

        @Override
        public void surveying(long doneBytes, long totalBytes, Duration elapsed) {
            line.show(new Progress("looking", doneBytes, totalBytes, elapsed));
        }

        @Override
        public void replaying(long doneBytes, long totalBytes, Duration elapsed) {
            line.show(new Progress("replaying", doneBytes, totalBytes, elapsed));
        }
    }
}
