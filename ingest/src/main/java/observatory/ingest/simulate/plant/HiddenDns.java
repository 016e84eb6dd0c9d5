package observatory.ingest.simulate.plant;

import java.util.List;
import observatory.ingest.simulate.fleet.Deed;
import observatory.ingest.simulate.fleet.Deed.Manner;
import observatory.ingest.simulate.fleet.Deed.Rhythm;
import observatory.ingest.simulate.fleet.Phone;
import observatory.ingest.simulate.fleet.Plant;

/**
 * A phone asks a public resolver where no sensor can read along.
 *
 * @param use {@code dot} over port 853, or {@code doh} over HTTPS
 */
record HiddenDns(String use) implements Planting {
    @Override
    public void in(Plot plot) {
        plot.unused(use).ifPresent(ground -> plot.take(phone -> true).ifPresent(phone -> plant(plot, ground, phone)));
    }

    private void plant(Plot plot, Ground ground, Phone phone) {
        String name = plot.name(ground, ground.what());
        long from = plot.moment();
        int port = use.equals("dot") ? 853 : 443;
        plot.give(
                phone,
                new Deed(
                        Manner.TLS,
                        "planted",
                        name,
                        port,
                        plot.since(from),
                        Rhythm.IRREGULAR,
                        3 * Plot.HOUR,
                        2_400,
                        4_800));
        plot.plant(new Plant(
                "hidden-dns",
                "device",
                phone.site().name(),
                List.of(phone.index()),
                from,
                plot.days().end(),
                Plot.domainOf(name),
                "a phone asks " + name + " over " + (use.equals("dot") ? "TLS" : "HTTPS"),
                Plot.NEWS));
    }
}
