package observatory.ingest.simulate.plant;

import java.util.List;
import observatory.ingest.simulate.fleet.Phone;
import observatory.ingest.simulate.fleet.Plant;
import observatory.ingest.simulate.fleet.Span;

/** An endpoint that a phone contacted in the first two days, and nobody since, is contacted again. */
final class DormantEndpoint implements Planting {
    @Override
    public void in(Plot plot) {
        plot.take(phone -> true).ifPresent(phone -> plant(plot, phone));
    }

    private static void plant(Plot plot, Phone phone) {
        String name = plot.name(Plot.known(phone.site()));
        long begin = plot.days().begin();
        long from = plot.lastBegin() + plot.random().nextLong(Plot.DAY);
        plot.give(phone, Visits.irregular(name, new Span(begin + Plot.HOUR, begin + 2 * Plot.DAY)));
        plot.give(phone, Visits.irregular(name, plot.since(from)));
        plot.plant(new Plant(
                "dormant-endpoint",
                "fleet",
                phone.site().name(),
                List.of(phone.index()),
                from,
                plot.days().end(),
                Plot.domainOf(name),
                "a phone contacts " + name + " again, which nobody has contacted since the first two days",
                List.of("cohort-outlier")));
    }
}
