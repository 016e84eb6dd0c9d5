package observatory.ingest.simulate.plant;

import java.time.LocalTime;
import java.util.List;
import java.util.SplittableRandom;
import observatory.ingest.simulate.fleet.Days;
import observatory.ingest.simulate.fleet.Deed.Manner;
import observatory.ingest.simulate.fleet.Fleet;
import observatory.ingest.simulate.fleet.Phone;
import observatory.ingest.simulate.fleet.Plant;
import observatory.ingest.simulate.fleet.Span;
import observatory.ingest.simulate.internet.Internet;

/**
 * The one night in which every phone of a large fleet fetches its next firmware from a name that nobody has contacted
 * before: one event, and so one finding.
 */
public final class MassUpdatePlan {
    /** Idle phones do something every two hours, and at any time one of them should. */
    private static final int FIRST_BOOTS_SECONDS = 7_200;

    private static final int FIRMWARE_BYTES = 30_000_000;

    private MassUpdatePlan() {}

    /**
     * Plans the night.
     *
     * @param devices number of phones, 1..5000
     * @param days the days, at least five; it is the night before the last
     * @param seed everything random comes from it
     */
    public static World of(int devices, Days days, long seed) {
        Plot plot = new Plot(
                Fleet.calm(devices, days, FIRST_BOOTS_SECONDS, seed),
                days,
                Internet.load(),
                new SplittableRandom(seed * 7_919 + 19));
        String name = plot.name(Plot.known("DE"), "images.firmware-rollout.example");
        long night = days.at(
                days.count(), LocalTime.of(1, 0), plot.sites().getFirst().zone());
        for (Phone phone : List.copyOf(plot.phones())) {
            long at = night + plot.random().nextLong(3 * Plot.HOUR);
            long boot = at + 6 * Plot.MINUTE + plot.random().nextLong(Plot.MINUTE);
            plot.change(
                    phone,
                    given -> given.withFirmware(boot)
                            .withDeed(Visits.once(Manner.TLS, name, 443, at, 900, FIRMWARE_BYTES)));
        }
        Span span = new Span(night, days.end());
        plot.plant(new Plant(
                "new-endpoint",
                "fleet",
                "",
                plot.phones().stream().map(Phone::index).toList(),
                span.from(),
                span.to(),
                Plot.domainOf(name),
                "all phones fetch their next firmware from " + name + ", which is new to the fleet",
                List.of()));
        return plot.world();
    }
}
