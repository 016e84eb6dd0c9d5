package observatory.ingest.simulate.plant;

import java.util.ArrayList;
import java.util.List;
import observatory.ingest.simulate.fleet.Phone;
import observatory.ingest.simulate.fleet.Plant;

/**
 * A phone begins to contact a new name in a country, or on a cloud, that the fleet has never met.
 *
 * @param use {@code country} or {@code cloud}
 */
record NewGround(String use) implements Planting {
    @Override
    public void in(Plot plot) {
        plot.unused(use).ifPresent(ground -> plot.take(phone -> true).ifPresent(phone -> plant(plot, ground, phone)));
    }

    private void plant(Plot plot, Ground ground, Phone phone) {
        String name = plot.name(ground);
        long from = plot.moment();
        plot.give(phone, Visits.irregular(name, plot.since(from)));
        List<String> also = new ArrayList<>(Plot.NEWS);
        also.remove("new-" + use);
        plot.plant(new Plant(
                "new-" + use,
                "fleet",
                phone.site().name(),
                List.of(phone.index()),
                from,
                plot.days().end(),
                Plot.domainOf(name),
                "a phone begins to contact " + name + " in a " + use + " new to the fleet: " + ground.what(),
                also));
    }
}
