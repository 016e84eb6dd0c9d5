package observatory.ingest.simulate.plant;

import java.util.List;
import observatory.ingest.simulate.fleet.Phone;
import observatory.ingest.simulate.fleet.Plant;

/** A phone begins to contact a service of an operator that the fleet has never met, in a country and cloud it knows. */
final class NewOperator implements Planting {
    @Override
    public void in(Plot plot) {
        plot.unused("operator")
                .ifPresent(ground -> plot.take(phone -> true).ifPresent(phone -> plant(plot, ground, phone)));
    }

    private static void plant(Plot plot, Ground operator, Phone phone) {
        String name = plot.name(Plot.known(phone.site()), operator.where());
        long from = plot.moment();
        plot.give(phone, Visits.irregular(name, plot.since(from)));
        plot.plant(new Plant(
                "new-operator",
                "fleet",
                phone.site().name(),
                List.of(phone.index()),
                from,
                plot.days().end(),
                Plot.domainOf(name),
                "a phone begins to contact " + name + ", run by " + operator.what(),
                List.of("new-endpoint", "cohort-outlier")));
    }
}
