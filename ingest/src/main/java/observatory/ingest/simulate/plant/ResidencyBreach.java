package observatory.ingest.simulate.plant;

import java.util.List;
import observatory.ingest.simulate.fleet.Phone;
import observatory.ingest.simulate.fleet.Plant;

/** A phone contacts a country that the policy of the evaluation denies to everybody. */
final class ResidencyBreach implements Planting {
    @Override
    public void in(Plot plot) {
        plot.unused("denied")
                .ifPresent(ground -> plot.take(phone -> true).ifPresent(phone -> plant(plot, ground, phone)));
    }

    private static void plant(Plot plot, Ground ground, Phone phone) {
        String name = plot.name(ground);
        long from = plot.moment();
        plot.give(phone, Visits.irregular(name, plot.since(from)));
        plot.plant(new Plant(
                "residency-violation",
                "device",
                phone.site().name(),
                List.of(phone.index()),
                from,
                plot.days().end(),
                Plot.domainOf(name),
                "a phone contacts " + name + " in " + ground.what() + ", which the policy denies",
                Plot.NEWS));
    }
}
