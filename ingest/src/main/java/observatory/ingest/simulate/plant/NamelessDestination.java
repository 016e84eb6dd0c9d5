package observatory.ingest.simulate.plant;

import java.util.List;
import observatory.ingest.simulate.fleet.Deed.Manner;
import observatory.ingest.simulate.fleet.Phone;
import observatory.ingest.simulate.fleet.Plant;

/** A phone contacts an address that it never asked a name for, while all other names are in the logs. */
final class NamelessDestination implements Planting {
    @Override
    public void in(Plot plot) {
        plot.unused("nameless")
                .ifPresent(ground -> plot.take(phone -> true).ifPresent(phone -> plant(plot, ground, phone)));
    }

    private static void plant(Plot plot, Ground ground, Phone phone) {
        String address = ground.addresses(plot.random().nextInt(60)).getFirst();
        long from = plot.moment();
        plot.give(phone, Visits.sometimes(Manner.NAMELESS, address, 443, plot.since(from), 5 * Plot.HOUR));
        plot.plant(new Plant(
                "no-dns-destination",
                "device",
                phone.site().name(),
                List.of(phone.index()),
                from,
                plot.days().end(),
                address,
                "a phone contacts " + address + " without having asked for a name",
                Plot.NEWS));
    }
}
