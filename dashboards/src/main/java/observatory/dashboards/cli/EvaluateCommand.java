package observatory.dashboards.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import observatory.dashboards.evaluate.Evaluated;
import observatory.dashboards.evaluate.Evaluator;
import observatory.ingest.simulate.SimulationSettings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Says how well the detections do on simulated fleets whose truth is known. */
@Command(
        name = "evaluate",
        description = {
            "Simulates fleets in which every kind of finding and benign look-alikes are planted, runs the whole job"
                    + " over their logs without Elasticsearch, and prints recall and precision of each kind,"
                    + " and how many flows are called what their phones had asked for.",
            "Exit code 1 when a kind misses what is asked of it; every miss and false alarm is told. The standard"
                    + " evaluation takes hours; --seeds 1 --devices 200 takes a minute or two."
        })
final class EvaluateCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Spec
    private CommandSpec spec;

    @Mixin
    private GeoOptions geo;

    @Option(
            names = "--seeds",
            paramLabel = "N",
            defaultValue = "20",
            description = "number of fleets (${DEFAULT-VALUE})")
    private int seeds;

    @Option(
            names = "--devices",
            paramLabel = "N",
            defaultValue = "1000",
            description = "phones of each, 1 to 5000 (${DEFAULT-VALUE})")
    private int devices;

    @Option(
            names = "--days",
            paramLabel = "N",
            defaultValue = "14",
            description = "days of each, 10 to 366 (${DEFAULT-VALUE})")
    private int days;

    @Option(
            names = "--first-seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "seed of the first (${DEFAULT-VALUE})")
    private long firstSeed;

    @Option(
            names = "--parallelism",
            paramLabel = "N",
            description = "tasks side by side; else as many as there are processors")
    private int parallelism = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--keep",
            paramLabel = "DIR",
            description = "keep the logs and the truth there; else they are deleted, seed by seed")
    private @Nullable Path keep;

    @Option(names = "--json", paramLabel = "FILE", description = "where to write all of it as JSON")
    private @Nullable Path json;

    EvaluateCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        if (seeds < 1 || parallelism < 1) {
            throw CommandFailure.usage("--seeds and --parallelism are at least 1");
        }
        settings(firstSeed);
        try (OutputFile file = json == null ? null : OutputFile.open(json)) {
            Evaluated evaluated = new Evaluated(run());
            PrintWriter out = spec.commandLine().getOut();
            evaluated.table().forEach(out::println);
            out.flush();
            if (file != null) {
                file.write(evaluated.toJson().getBytes(StandardCharsets.UTF_8));
            }
            return evaluated.isEnough() ? 0 : CommandFailure.FAILED;
        }
    }

    private List<Evaluated.Seed> run() throws IOException {
        Evaluator evaluator = new Evaluator(geo.under(surroundings.home()), surroundings.clock(), parallelism);
        Path base = keep == null ? Files.createTempDirectory("observatory-evaluation") : Files.createDirectories(keep);
        List<Evaluated.Seed> done = new ArrayList<>();
        try {
            for (long seed = firstSeed; seed < firstSeed + seeds; seed++) {
                Path folder = base.resolve("seed-" + seed);
                Evaluated.Seed result = evaluator.evaluate(settings(seed), folder);
                done.add(result);
                tell(result);
                if (keep == null) {
                    remove(folder);
                }
            }
        } finally {
            if (keep == null) {
                remove(base);
            }
        }
        return done;
    }

    private void tell(Evaluated.Seed seed) {
        PrintWriter err = spec.commandLine().getErr();
        err.printf(
                Locale.ROOT,
                "seed %d: %,d flows, simulated in %.1f s, looked through in %.1f s%n",
                seed.seed(),
                seed.flows(),
                seed.simulatedMillis() / 1000.0,
                seed.jobMillis() / 1000.0);
        err.flush();
        PrintWriter out = spec.commandLine().getOut();
        seed.mistakes().forEach(out::println); // at once, since the next seed may take long
        out.flush();
    }

    private SimulationSettings settings(long seed) {
        try {
            return SimulationSettings.evaluation(devices, days, seed);
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage(String.valueOf(e.getMessage()));
        }
    }

    private static void remove(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> old = Files.walk(folder)) {
                for (Path path : old.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }
}
