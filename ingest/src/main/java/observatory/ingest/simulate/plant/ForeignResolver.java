package observatory.ingest.simulate.plant;

import java.util.List;
import observatory.ingest.simulate.fleet.Phone;
import observatory.ingest.simulate.fleet.Plant;
import observatory.ingest.simulate.fleet.Version;

/** A phone asks a public resolver instead of the site's. */
final class ForeignResolver implements Planting {
    @Override
    public void in(Plot plot) {
        plot.unused("dns").ifPresent(ground -> plot.take(phone -> true).ifPresent(phone -> plant(plot, ground, phone)));
    }

    private static void plant(Plot plot, Ground ground, Phone phone) {
        long from = plot.moment();
        String resolver = ground.where();
        plot.change(
                phone,
                given -> given.withResolvers(List.of(given.resolvers().getFirst(), new Version(from, resolver))));
        plot.plant(new Plant(
                "foreign-resolver",
                "device",
                phone.site().name(),
                List.of(phone.index()),
                from,
                plot.days().end(),
                resolver,
                "a phone asks " + resolver + " instead of the site's resolver",
                Plot.NEWS));
    }
}
