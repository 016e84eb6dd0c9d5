package observatory.dashboards.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import observatory.dashboards.console.ConsoleSettings;
import observatory.dashboards.local.Folders;
import observatory.dashboards.local.LocalReplay;
import observatory.dashboards.local.LocalServices;
import observatory.ingest.archive.ArchiveSettings;
import observatory.ingest.simulate.Simulation;
import observatory.ingest.simulate.SimulationSettings;
import observatory.jobs.attribute.GeoAccess;
import observatory.jobs.attribute.PhoneNetworks;
import observatory.jobs.attribute.Sites;
import observatory.jobs.document.Privacy;
import observatory.jobs.elastic.ElasticClient;
import observatory.jobs.elastic.ElasticSettings;
import observatory.jobs.finding.DetectionSettings;
import observatory.jobs.summary.Summary;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The whole product on simulated phones, on one machine, in one command. */
@Command(
        name = "demo",
        description = {
            "Simulates two weeks of 60 phones on two sites, runs the job over their logs and serves the console.",
            "Needs nothing but this machine; Ctrl-C stops everything it started."
        })
final class DemoCommand implements Callable<Integer> {
    private static final String ALL = "observatory-*";

    private final Surroundings surroundings;

    @Spec
    private CommandSpec spec;

    @Option(names = "--once", description = "end after the summary instead of serving the console")
    private boolean once;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "8600",
            description = "port of the console" + " (${DEFAULT-VALUE})")
    private int port;

    @Option(names = "--keep", description = "show what the last demo stored, without simulating and replaying again")
    private boolean keep;

    DemoCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws Exception {
        Folders folders = surroundings.folders();
        try (LocalServices services = LocalServices.untilProcessEnds()) {
            Stage stage = new Stage(surroundings, services, spec.commandLine().getErr());
            if (!once) {
                stage.checkPort(new ConsoleSettings(ConsoleSettings.DEFAULT.host(), port));
            }
            // Elasticsearch takes its time to start; so does the simulation, and neither needs the other.
            FutureTask<Void> simulation = simulation(stage, folders);
            if (!keep) {
                Thread.ofPlatform().daemon().name("simulation").start(simulation);
            }
            ElasticSettings elastic = stage.elasticsearch(folders.demoElasticData());
            boolean isBalanced = true;
            if (!keep || isEmpty(elastic)) {
                forget(elastic);
                await(simulation);
                isBalanced = tell(stage.replay(order(folders), elastic), elastic);
            }
            if (!once) {
                stage.console(new ConsoleSettings(ConsoleSettings.DEFAULT.host(), port), elastic);
                services.awaitClose();
            }
            return isBalanced ? 0 : CommandFailure.FAILED;
        }
    }

    private static boolean isEmpty(ElasticSettings elastic) {
        try (ElasticClient client = ElasticClient.to(elastic)) {
            return client.count("observatory-rollups-*") == 0;
        }
    }

    /** What an earlier demo stored would be counted again in no figure, but its findings would look old. */
    private static void forget(ElasticSettings elastic) {
        try (ElasticClient client = ElasticClient.to(elastic)) {
            client.indices(ALL).forEach(client::deleteIndex);
        }
    }

    private static FutureTask<Void> simulation(Stage stage, Folders folders) {
        SimulationSettings settings = SimulationSettings.demo();
        return new FutureTask<>(() -> {
            stage.say("Simulating " + settings.devices() + " phones for " + settings.days() + " days ...");
            Simulation.run(settings, folders.demoLogs());
            return null;
        });
    }

    /** Waits for the simulation, running it here if nobody has begun. */
    private static void await(FutureTask<Void> simulation) throws Exception {
        simulation.run(); // does nothing when it runs or ran elsewhere
        try {
            simulation.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    private static LocalReplay.Order order(Folders folders) {
        return new LocalReplay.Order(
                List.of(folders.demoLogs()),
                ArchiveSettings.NONE,
                GeoAccess.under(folders.home()),
                PhoneNetworks.ASSUMED,
                Sites.BY_SENSOR,
                DetectionSettings.assumed(0),
                List.of(),
                Privacy.PSEUDONYMOUS,
                true,
                Runtime.getRuntime().availableProcessors(),
                folders.checkpoints());
    }

    private boolean tell(Summary summary, ElasticSettings elastic) {
        PrintWriter out = spec.commandLine().getOut();
        out.println("Simulated data: these phones do not exist.");
        SummaryText.lines(summary.toTree()).forEach(out::println);
        out.println(SummaryText.found(devices(elastic), endpoints(elastic), summary.toTree()));
        if (once) {
            out.println("Look at   ./observatory demo --keep, then http://127.0.0.1:" + port);
        }
        out.flush();
        return summary.isBalanced();
    }

    private static long devices(ElasticSettings elastic) {
        try (ElasticClient client = ElasticClient.to(elastic)) {
            return client.count("observatory-devices");
        }
    }

    /** An endpoint is stored once for each scope that met it; the fleet is the scope of all. */
    private static long endpoints(ElasticSettings elastic) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        try (ElasticClient client = ElasticClient.to(elastic)) {
            return client.count(
                    "observatory-endpoints",
                    json.objectNode().set("term", json.objectNode().put("observatory.scope.kind", "fleet")));
        }
    }
}
