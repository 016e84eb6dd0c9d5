package observatory.ingest.simulate.plant;

import java.util.List;
import java.util.function.Predicate;
import observatory.ingest.simulate.fleet.Phone;
import observatory.ingest.simulate.fleet.Plant;

/**
 * A phone begins to contact an endpoint. How far the endpoint is news depends on who has known it all along: nobody; two
 * phones of another site; two of another model at the same site; two of the same model at the same site.
 */
record NewEndpoint(String scope) implements Planting {
    @Override
    public void in(Plot plot) {
        Predicate<Phone> hasNeighbours =
                phone -> plot.free(other -> acquainted(phone, other)).size() >= 2;
        plot.take(phone -> scope.equals("fleet") || hasNeighbours.test(phone)).ifPresent(phone -> plant(plot, phone));
    }

    private void plant(Plot plot, Phone phone) {
        String name = plot.name(Plot.known(phone.site()));
        long from = plot.moment();
        if (!scope.equals("fleet")) {
            for (int i = 0; i < 2; i++) {
                plot.take(other -> acquainted(phone, other))
                        .ifPresent(other -> plot.give(
                                other,
                                Visits.irregular(name, plot.since(plot.days().begin()))));
            }
        }
        plot.give(phone, Visits.irregular(name, plot.since(from)));
        plot.plant(new Plant(
                "new-endpoint",
                scope,
                phone.site().name(),
                List.of(phone.index()),
                from,
                plot.days().end(),
                Plot.domainOf(name),
                "a phone begins to contact " + name + ", which is new to its " + scope,
                List.of("cohort-outlier")));
    }

    private boolean acquainted(Phone phone, Phone other) {
        boolean sameSite = phone.site().name().equals(other.site().name());
        boolean sameModel = phone.model().equals(other.model());
        return switch (scope) {
            case "site" -> !sameSite;
            case "cohort" -> sameSite && !sameModel;
            default -> sameSite && sameModel && other.index() != phone.index();
        };
    }
}
