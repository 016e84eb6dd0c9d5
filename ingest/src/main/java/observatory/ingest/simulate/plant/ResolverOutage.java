package observatory.ingest.simulate.plant;

import java.util.List;
import observatory.ingest.simulate.fleet.Phone;
import observatory.ingest.simulate.fleet.Plant;
import observatory.ingest.simulate.fleet.Site;
import observatory.ingest.simulate.fleet.Version;

/** The resolver of a site does not answer for two hours, and its phones ask the site's second one. */
final class ResolverOutage implements Planting {
    @Override
    public void in(Plot plot) {
        Site site = plot.any(plot.sites());
        long from = plot.moment();
        long to = from + 2 * Plot.HOUR;
        List<Version> resolvers = List.of(
                new Version(0, site.resolver()),
                new Version(from, site.secondResolver()),
                new Version(to, site.resolver()));
        for (Phone phone : List.copyOf(plot.phones())) {
            if (phone.site().equals(site) && phone.resolvers().size() == 1) {
                plot.change(phone, given -> given.withResolvers(resolvers));
            }
        }
        plot.lookAlike(new Plant(
                "resolver-outage",
                "site",
                site.name(),
                List.of(),
                from,
                to,
                site.secondResolver(),
                "the resolver " + site.resolver() + " does not answer, and phones ask " + site.secondResolver(),
                List.of()));
    }
}
