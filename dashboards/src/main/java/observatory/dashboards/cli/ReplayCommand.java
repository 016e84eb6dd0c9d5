package observatory.dashboards.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import observatory.dashboards.console.ConsoleSettings;
import observatory.dashboards.local.Folders;
import observatory.dashboards.local.LocalReplay;
import observatory.dashboards.local.LocalServices;
import observatory.geo.snapshot.GeoSnapshot;
import observatory.geo.snapshot.GeoSources;
import observatory.jobs.attribute.PhoneNetworks;
import observatory.jobs.attribute.Sites;
import observatory.jobs.document.Privacy;
import observatory.jobs.elastic.ElasticSettings;
import observatory.jobs.summary.Summary;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs logs through the job into Elasticsearch, and ends. */
@Command(
        name = "replay",
        description = {
            "Reads logs, finds out who talked to whom and where, and writes it all into Elasticsearch; ends by itself.",
            "Logs of sensors (Zeek, Suricata) and resolvers (dnsmasq, BIND, Unbound, Windows, CoreDNS, PowerDNS, dnstap),"
                    + " captures of what exporters sent (NetFlow, IPFIX, sFlow), lease files, an inventory (CSV); plain,"
                    + " .gz and .zst; folders with rotated files."
        })
final class ReplayCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Spec
    private CommandSpec spec;

    @Mixin
    private ElasticOptions elastic;

    @Mixin
    private GeoOptions geo;

    @Mixin
    private DetectionOptions detection;

    @Mixin
    private LogOptions logs;

    @Option(
            names = "--site",
            split = ",",
            paramLabel = "NAME=CIDR",
            description = "networks of a site: zurich=10.1.0.0/16,10.2.0.0/16; else a sensor is its own site")
    private List<String> sites = List.of();

    @Option(
            names = "--phones",
            split = ",",
            paramLabel = "CIDR",
            description = "networks of the phones; else all private addresses are taken for devices")
    private List<String> phones = List.of();

    @Option(
            names = "--preferred",
            split = ",",
            paramLabel = "NAME",
            description =
                    "exporters and sensors to believe first where several of a site tell one connection; it counts"
                            + " once in any case")
    private List<String> preferred = List.of();

    @Option(
            names = "--parallelism",
            paramLabel = "N",
            description = "tasks side by side; else as many as there are processors")
    private int parallelism = Runtime.getRuntime().availableProcessors();

    @Option(names = "--summary", paramLabel = "FILE", description = "where to write the totals as JSON")
    private @Nullable Path summary;

    @Option(
            names = "--privacy",
            paramLabel = "LEVEL",
            defaultValue = "PSEUDONYMOUS",
            description = "how much is told of single devices: full (MAC, addresses, host names), pseudonymous (the"
                    + " default), aggregate (no device, only sums per site)")
    private Privacy privacy;

    @Option(
            names = "--raw",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "write single flows and DNS answers (the default, but never with --privacy aggregate);"
                    + " --no-raw: only rollups, endpoints, findings and coverage")
    private boolean raw;

    @Option(
            names = "--state",
            paramLabel = "DIR",
            description = "where a replay that was cut off finds its checkpoints; else below .observatory")
    private @Nullable Path state;

    @Option(
            names = "--compare",
            paramLabel = "DIR",
            description = "write nothing; show what other geo data would change, line by line. DIR has what is to be"
                    + " compared: node_modules, catalogue, own, maxmind or ranges; the rest stays as it is. Exit code 1"
                    + " when something differs")
    private @Nullable Path compare;

    @Option(names = "--console", description = "afterwards serve the console at http://127.0.0.1:PORT until Ctrl-C")
    private boolean withConsole;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "8600",
            description = "port of the console" + " (${DEFAULT-VALUE})")
    private int port;

    ReplayCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws Exception {
        Folders folders = surroundings.folders();
        LocalReplay.Order order = order(folders);
        PrintWriter out = spec.commandLine().getOut();
        try (LocalServices services = LocalServices.untilProcessEnds()) {
            Stage stage = new Stage(surroundings, services, spec.commandLine().getErr());
            // A missing path or a summary that cannot be written is found before anything is started.
            stage.check(order);
            stage.sayStateOf(order.geo());
            if (compare != null) {
                return compare(stage, order, compare);
            }
            if (withConsole) {
                stage.checkPort(new ConsoleSettings(ConsoleSettings.DEFAULT.host(), port));
            }
            try (OutputFile totals = summary == null ? null : OutputFile.open(summary)) {
                ElasticSettings target =
                        elastic.isGiven() ? elastic.settings() : stage.elasticsearch(folders.elasticData());
                Summary result = stage.replay(order, target);
                if (totals != null) {
                    totals.write(result.toJson().getBytes(StandardCharsets.UTF_8));
                }
                SummaryText.lines(result.toTree()).forEach(out::println);
                out.flush();
                if (withConsole) {
                    stage.console(new ConsoleSettings(ConsoleSettings.DEFAULT.host(), port), target);
                    services.awaitClose();
                }
                return result.isBalanced() ? 0 : CommandFailure.FAILED;
            }
        }
    }

    private int compare(Stage stage, LocalReplay.Order order, Path folder) {
        GeoSources other;
        try {
            other = order.geo().sources().replacedBy(folder.toAbsolutePath());
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage(String.valueOf(e.getMessage()));
        }
        GeoSnapshot now = order.geo().snapshot();
        GeoSnapshot then = GeoSnapshot.load(other);
        ComparisonText text = ComparisonText.of(stage.destinations(order), now, then);
        PrintWriter out = spec.commandLine().getOut();
        text.lines().forEach(out::println);
        return text.isDifferent() ? CommandFailure.FAILED : 0;
    }

    /** What the options ask for. */
    LocalReplay.Order order(Folders folders) throws IOException {
        try {
            PhoneNetworks phoneNetworks = new PhoneNetworks(phones);
            phoneNetworks.rule();
            Sites siteNetworks = new Sites(SiteNetworks.parse(sites));
            siteNetworks.rule();
            if (parallelism < 1) {
                throw CommandFailure.usage("--parallelism is at least 1, not " + parallelism);
            }
            return new LocalReplay.Order(
                    logs.paths(),
                    logs.settings(),
                    geo.under(surroundings.home()),
                    phoneNetworks,
                    siteNetworks,
                    detection.settings(),
                    preferred,
                    privacy,
                    raw,
                    parallelism,
                    state == null ? folders.checkpoints() : state.toAbsolutePath());
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage(String.valueOf(e.getMessage()));
        }
    }
}
