package observatory.ingest.simulate.plant;

import java.util.List;
import observatory.ingest.simulate.fleet.Phone;
import observatory.ingest.simulate.fleet.Plant;

/** A name that phones have always contacted is answered with other addresses, of another network of the same cloud. */
final class ContentRotation implements Planting {
    @Override
    public void in(Plot plot) {
        plot.take(phone -> phone.site().region().equals("eu")).ifPresent(phone -> plant(plot, phone));
    }

    private static void plant(Plot plot, Phone phone) {
        String name = plot.name(Plot.known("DE"));
        long from = plot.moment();
        plot.move(name, Ground.of("moved").getFirst(), from);
        plot.give(phone, Visits.irregular(name, plot.since(plot.days().begin())));
        plot.lookAlike(new Plant(
                "cdn-rotation",
                "device",
                phone.site().name(),
                List.of(phone.index()),
                from,
                plot.days().end(),
                Plot.domainOf(name),
                name + " is answered with other addresses of the same cloud and country",
                List.of("cohort-outlier")));
    }
}
