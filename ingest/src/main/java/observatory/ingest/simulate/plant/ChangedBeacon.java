package observatory.ingest.simulate.plant;

import java.util.List;
import observatory.ingest.simulate.fleet.Phone;
import observatory.ingest.simulate.fleet.Plant;
import observatory.ingest.simulate.fleet.Span;

/**
 * A phone that has always contacted an endpoint at even intervals does so otherwise.
 *
 * @param what {@code period}, {@code size} or {@code place}
 */
record ChangedBeacon(String what) implements Planting {
    private static final List<Long> PERIODS = List.of(15 * Plot.MINUTE, 30 * Plot.MINUTE, Plot.HOUR);
    private static final long UP = 900;

    @Override
    public void in(Plot plot) {
        plot.take(phone -> true).ifPresent(phone -> plant(plot, phone));
    }

    private void plant(Plot plot, Phone phone) {
        String home = phone.site().region().equals("eu") ? "DE" : "US";
        String name = plot.name(Plot.known(home));
        long from = plot.moment();
        long every = plot.any(PERIODS);
        long later = what.equals("period") ? plot.any(List.of(every / 3, every * 3)) : every;
        plot.give(phone, Visits.steady(name, new Span(plot.days().begin(), from), every, UP));
        plot.give(phone, Visits.steady(name, plot.since(from), later, what.equals("size") ? UP * 30 : UP));
        if (what.equals("place")) {
            plot.move(name, Plot.known(home.equals("DE") ? "US" : "DE"), from);
        }
        plot.plant(new Plant(
                "beacon-changed",
                "device",
                phone.site().name(),
                List.of(phone.index()),
                from,
                plot.days().end(),
                Plot.domainOf(name),
                "a phone contacts " + name + " every " + every / Plot.MINUTE + " minutes, and from now on with another "
                        + what + (what.equals("period") ? ": " + later / Plot.MINUTE + " minutes" : ""),
                what.equals("place") ? List.of("cohort-outlier", "new-country") : List.of("cohort-outlier")));
    }
}
