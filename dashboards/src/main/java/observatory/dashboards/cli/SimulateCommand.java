package observatory.dashboards.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import observatory.ingest.decode.Format;
import observatory.ingest.simulate.BenchmarkInput;
import observatory.ingest.simulate.BenchmarkSettings;
import observatory.ingest.simulate.Scenario;
import observatory.ingest.simulate.Simulation;
import observatory.ingest.simulate.SimulationSettings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes logs of a phone fleet that does not exist, with the truth beside them. */
@Command(
        name = "simulate",
        description = {
            "Writes the logs that Zeek sensors would write on the phone networks of two sites, and truth.json,"
                    + " which says what they hold.",
            "The same options give the same bytes. Everything written is marked as simulated."
        })
final class SimulateCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "folder for the logs; a new one, or that" + " of an earlier simulation, which is replaced")
    private Path out;

    @Option(
            names = "--devices",
            paramLabel = "N",
            defaultValue = "60",
            description =
                    "number of phones, 1 to 1000, of an evaluation and a mass update 1 to 5000 (${DEFAULT-VALUE})")
    private int devices;

    @Option(
            names = "--days",
            paramLabel = "N",
            defaultValue = "14",
            description = "number of days, 1 to 366" + " (${DEFAULT-VALUE})")
    private int days;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "what everything random comes from" + " (${DEFAULT-VALUE})")
    private long seed;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            converter = FormatName.class,
            defaultValue = "zeek-json",
            description = "zeek-json or zeek-tsv (${DEFAULT-VALUE})")
    private Format format;

    @Option(
            names = "--scenario",
            paramLabel = "NAME",
            defaultValue = "demo",
            description =
                    "demo: with planted events; calm: nothing to find; evaluation: every kind of finding and benign"
                            + " look-alikes, by the seed; mass_update: one night, one finding (${DEFAULT-VALUE})")
    private Scenario scenario;

    @Option(
            names = "--benchmark",
            paramLabel = "FLOWS",
            description =
                    "instead of a fleet: this many flows of one hour, dense and without sense, with the DNS answers"
                            + " before them; for measuring. The other options about the fleet do not apply")
    private @Nullable Long benchmark;

    @Override
    public Integer call() throws IOException {
        if (benchmark != null) {
            return writeBenchmark(benchmark);
        }
        Simulation.run(settings(), out);
        spec.commandLine().getOut().println("Simulated " + devices + " phones for " + days + " days into " + out);
        return 0;
    }

    private int writeBenchmark(long flows) throws IOException {
        BenchmarkSettings settings;
        try {
            settings = BenchmarkSettings.standard().withFlows(flows).withNames(true);
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage(String.valueOf(e.getMessage()));
        }
        long lines = BenchmarkInput.write(settings, out);
        spec.commandLine().getOut().printf("Wrote %,d flows and %,d DNS answers into %s%n", flows, lines - flows, out);
        return 0;
    }

    private SimulationSettings settings() {
        try {
            SimulationSettings settings = switch (scenario) {
                case DEMO, CALM ->
                    SimulationSettings.demo()
                            .withScenario(scenario)
                            .withDevices(devices)
                            .withDays(days);
                case EVALUATION -> SimulationSettings.evaluation(devices, days, seed);
                case MASS_UPDATE -> SimulationSettings.massUpdate(devices).withDays(days);
            };
            return settings.withSeed(seed).withFormat(format);
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage(String.valueOf(e.getMessage()));
        }
    }
}
