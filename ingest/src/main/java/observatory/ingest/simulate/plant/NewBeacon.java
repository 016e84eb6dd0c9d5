package observatory.ingest.simulate.plant;

import java.util.List;
import observatory.ingest.simulate.fleet.Phone;
import observatory.ingest.simulate.fleet.Plant;
import observatory.ingest.simulate.fleet.Span;

/**
 * A phone begins to contact an endpoint at even intervals.
 *
 * @param known whether it has contacted the endpoint now and then from the beginning
 */
record NewBeacon(boolean known) implements Planting {
    private static final List<Long> PERIODS = List.of(
            5 * Plot.MINUTE, 10 * Plot.MINUTE, 20 * Plot.MINUTE, 45 * Plot.MINUTE, 2 * Plot.HOUR, 4 * Plot.HOUR);

    @Override
    public void in(Plot plot) {
        plot.take(phone -> true).ifPresent(phone -> plant(plot, phone));
    }

    private void plant(Plot plot, Phone phone) {
        String name = plot.name(Plot.known(phone.site()));
        long from = plot.moment();
        long every = plot.any(PERIODS);
        if (known) {
            plot.give(phone, Visits.irregular(name, new Span(plot.days().begin(), from)));
        }
        plot.give(phone, Visits.steady(name, plot.since(from), every, 900));
        plot.plant(new Plant(
                "new-beacon",
                "device",
                phone.site().name(),
                List.of(phone.index()),
                from,
                plot.days().end(),
                Plot.domainOf(name),
                "a phone contacts " + name + " every " + every / Plot.MINUTE + " minutes"
                        + (known ? ", until now only by chance" : ""),
                known ? List.of("cohort-outlier") : List.of("new-endpoint", "cohort-outlier")));
    }
}
