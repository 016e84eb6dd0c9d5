package observatory.ingest.simulate;

import java.time.LocalDate;
import java.util.Locale;
import observatory.ingest.decode.Format;
import observatory.ingest.simulate.zeek.Rotation;

/**
 * What to simulate. The same settings give the same bytes.
 *
 * @param scenario what happens
 * @param devices number of phones, 1..1000; 1..5000 in an evaluation and a mass update
 * @param days number of days, 1..366, at least 10 in an evaluation and 5 in a mass update; events planted later than the last day do not happen
 * @param seed everything random comes from it
 * @param format {@link Format#ZEEK_JSON} or {@link Format#ZEEK_TSV}
 * @param rotation how often files are begun
 * @param gzip whether files are compressed
 * @param start first day, from midnight UTC; a Monday gives the learning period three working days
 * @param intensity how many times as often as usual phones run their regular errands, 1..100
 */
public record SimulationSettings(
        Scenario scenario,
        int devices,
        int days,
        long seed,
        Format format,
        Rotation rotation,
        boolean gzip,
        LocalDate start,
        int intensity) {

    public SimulationSettings {
        boolean isLarge = scenario == Scenario.EVALUATION || scenario == Scenario.MASS_UPDATE;
        within("devices", devices, 1, isLarge ? 5_000 : 1_000);
        within("days", days, isLarge ? scenario == Scenario.EVALUATION ? 10 : 5 : 1, 366);
        within("intensity", intensity, 1, 100);
        if (format != Format.ZEEK_JSON && format != Format.ZEEK_TSV) {
            throw new IllegalArgumentException("the simulator writes zeek-json or zeek-tsv, not "
                    + format.name().toLowerCase(Locale.ROOT));
        }
    }

    private static void within(String what, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(what + " must be " + least + ".." + most + ", not " + value);
        }
    }

    /** The demo: 60 phones on two sites, 14 days from Monday 2026-11-02, JSON, one file per log. */
    public static SimulationSettings demo() {
        return new SimulationSettings(
                Scenario.DEMO, 60, 14, 1, Format.ZEEK_JSON, Rotation.NONE, false, LocalDate.of(2026, 11, 2), 1);
    }

    /** An evaluation: 1,000 phones on four sites, 14 days; for every other seed clocks change meanwhile. */
    public static SimulationSettings evaluation(int devices, int days, long seed) {
        LocalDate start = seed % 2 == 0 ? LocalDate.of(2026, 10, 19) : LocalDate.of(2026, 11, 2);
        return new SimulationSettings(
                Scenario.EVALUATION, devices, days, seed, Format.ZEEK_JSON, Rotation.NONE, false, start, 1);
    }

    /** A mass update: so many phones, five days; the fifth night is the one. */
    public static SimulationSettings massUpdate(int devices) {
        return new SimulationSettings(
                Scenario.MASS_UPDATE,
                devices,
                5,
                1,
                Format.ZEEK_JSON,
                Rotation.NONE,
                false,
                LocalDate.of(2026, 11, 2),
                1);
    }

    public SimulationSettings withScenario(Scenario other) {
        return new SimulationSettings(other, devices, days, seed, format, rotation, gzip, start, intensity);
    }

    public SimulationSettings withDevices(int other) {
        return new SimulationSettings(scenario, other, days, seed, format, rotation, gzip, start, intensity);
    }

    public SimulationSettings withDays(int other) {
        return new SimulationSettings(scenario, devices, other, seed, format, rotation, gzip, start, intensity);
    }

    public SimulationSettings withSeed(long other) {
        return new SimulationSettings(scenario, devices, days, other, format, rotation, gzip, start, intensity);
    }

    public SimulationSettings withFormat(Format other) {
        return new SimulationSettings(scenario, devices, days, seed, other, rotation, gzip, start, intensity);
    }

    /** With files begun this often, compressed or not. */
    public SimulationSettings withFiles(Rotation often, boolean compressed) {
        return new SimulationSettings(scenario, devices, days, seed, format, often, compressed, start, intensity);
    }

    public SimulationSettings withStart(LocalDate other) {
        return new SimulationSettings(scenario, devices, days, seed, format, rotation, gzip, other, intensity);
    }

    public SimulationSettings withIntensity(int other) {
        return new SimulationSettings(scenario, devices, days, seed, format, rotation, gzip, start, other);
    }
}
