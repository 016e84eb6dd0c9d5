package observatory.ingest.simulate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import observatory.ingest.simulate.behaviour.Conduct;
import observatory.ingest.simulate.behaviour.RunningPhone;
import observatory.ingest.simulate.fleet.Days;
import observatory.ingest.simulate.fleet.Fleet;
import observatory.ingest.simulate.fleet.Phone;
import observatory.ingest.simulate.fleet.Site;
import observatory.ingest.simulate.internet.Internet;
import observatory.ingest.simulate.internet.Table;
import observatory.ingest.simulate.plant.EvaluationPlan;
import observatory.ingest.simulate.plant.MassUpdatePlan;
import observatory.ingest.simulate.plant.World;
import observatory.ingest.simulate.traffic.Conversation;
import observatory.ingest.simulate.truth.TruthWriter;
import observatory.ingest.simulate.zeek.Sensor;

/**
 * Simulates the phones of two or more sites and writes what a Zeek sensor at each would log, one folder per sensor, with the
 * truth beside: {@code sim-zurich/conn.log}, {@code .../dns.log}, {@code .../ssl.log}, {@code .../dhcp.log}, ...,
 * {@code truth.json}, {@code truth-flows.ndjson.gz}. The sensors' names begin with {@code sim-}, {@code truth.json} says
 * {@code "simulated": true}, and tab-separated files carry a {@code #simulated} line.
 */
public final class Simulation {
    private static final long HOUR = 3_600_000_000L;

    private final SimulationSettings settings;
    private final Path out;
    private final Days days;
    private final Fleet fleet;
    private final Internet internet;
    private final Map<Site, Sensor> sensors = new LinkedHashMap<>();
    private final TruthWriter truth;

    private Simulation(SimulationSettings settings, Path out) throws IOException {
        this.settings = settings;
        this.out = out;
        this.days = new Days(settings.start(), settings.days());
        World world = world(settings, days);
        this.fleet = world.fleet();
        this.internet = world.internet();
        for (Site site : fleet.sites()) {
            Path folder = out.resolve(site.name());
            remove(folder);
            sensors.put(
                    site,
                    new Sensor(
                            site,
                            fleet.plants(),
                            days,
                            folder,
                            settings.format(),
                            settings.rotation(),
                            settings.gzip(),
                            "by the observatory's simulator; seed " + settings.seed()));
        }
        this.truth = new TruthWriter(fleet, out);
    }

    private static World world(SimulationSettings settings, Days days) {
        int devices = settings.devices();
        long seed = settings.seed();
        return switch (settings.scenario()) {
            case DEMO -> new World(Fleet.plan(devices, days, seed, true), Internet.load());
            case CALM -> new World(Fleet.plan(devices, days, seed, false), Internet.load());
            case EVALUATION -> EvaluationPlan.of(devices, days, seed);
            case MASS_UPDATE -> MassUpdatePlan.of(devices, days, seed);
        };
    }

    private static Conduct conduct(SimulationSettings settings) {
        return switch (settings.scenario()) {
            case DEMO -> Conduct.usual(settings.intensity());
            case CALM -> new Conduct(settings.intensity(), 1, true, false);
            case EVALUATION -> new Conduct(settings.intensity(), 2, true, false);
            case MASS_UPDATE -> new Conduct(settings.intensity(), 2, true, true);
        };
    }

    /**
     * Runs a simulation.
     *
     * @param out folder for the logs; made when missing. An earlier simulation in it is replaced
     * @throws FileAlreadyExistsException when {@code out} holds anything that is not an earlier simulation
     * @throws IOException when the logs cannot be written
     */
    public static void run(SimulationSettings settings, Path out) throws IOException {
        prepare(out);
        new Simulation(settings, out).run();
    }

    private static void prepare(Path out) throws IOException {
        Files.createDirectories(out);
        if (Files.exists(out.resolve("truth.json"))) {
            return;
        }
        try (Stream<Path> present = Files.list(out)) {
            if (present.findAny().isPresent()) {
                throw new FileAlreadyExistsException(
                        out.toString(),
                        null,
                        "not empty, and not an earlier simulation (no truth.json); give a new folder");
            }
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

    private void run() throws IOException {
        Conduct conduct = conduct(settings);
        List<RunningPhone> phones = new ArrayList<>();
        for (Phone phone : fleet.phones()) {
            SplittableRandom random = new SplittableRandom(settings.seed() * 1_000_003 + phone.index());
            phones.add(new RunningPhone(phone, internet, this::carry, conduct, random, days.end()));
        }
        try {
            // Hour by hour, so that no more than an hour and what is still open is held in memory.
            for (long hour = days.begin() + HOUR; hour <= days.end(); hour += HOUR) {
                for (RunningPhone phone : phones) {
                    phone.runUntil(hour);
                }
                for (Sensor sensor : sensors.values()) {
                    sensor.writeUntil(hour);
                }
                truth.settleUntil(hour);
            }
            for (Sensor sensor : sensors.values()) {
                sensor.close();
            }
            if (settings.scenario() == Scenario.EVALUATION) {
                Files.write(out.resolve("policy.yaml"), Table.rows("policy.yaml"));
            }
            truth.finish(told(settings), List.copyOf(sensors.values()));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } finally {
            for (Sensor sensor : sensors.values()) {
                sensor.close();
            }
            truth.close();
        }
    }

    private void carry(Conversation conversation) {
        Sensor sensor = sensors.get(fleet.phones().get(conversation.device()).site());
        if (sensor != null && sensor.sees(conversation)) {
            Conversation heard = sensor.heard(conversation);
            sensor.take(heard);
            truth.logged(heard);
        } else {
            truth.lost(conversation);
        }
    }

    private static Map<String, Object> told(SimulationSettings settings) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("scenario", settings.scenario().name().toLowerCase(Locale.ROOT));
        told.put("devices", settings.devices());
        told.put("days", settings.days());
        told.put("seed", settings.seed());
        told.put("format", settings.format().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        told.put("rotation", settings.rotation().name().toLowerCase(Locale.ROOT));
        told.put("gzip", settings.gzip());
        told.put("start", settings.start().toString());
        told.put("intensity", settings.intensity());
        return told;
    }
}
