package observatory.ingest.simulate.plant;

import java.util.List;
import observatory.ingest.simulate.fleet.Deed.Manner;
import observatory.ingest.simulate.fleet.Phone;
import observatory.ingest.simulate.fleet.Plant;

/** In the night a phone sends, to the place it always gets its settings from, a thousand times what it usually does. */
final class Upload implements Planting {
    @Override
    public void in(Plot plot) {
        plot.take(phone -> true).ifPresent(phone -> plant(plot, phone));
    }

    private static void plant(Plot plot, Phone phone) {
        String name = Provisioning.of(phone);
        long at = plot.night(phone.site());
        long bytes = plot.random().nextLong(80_000_000, 300_000_000);
        plot.give(phone, Visits.once(Manner.TLS, name, 443, at, bytes, 20_000));
        plot.plant(new Plant(
                "upload-anomaly",
                "device",
                phone.site().name(),
                List.of(phone.index()),
                at,
                at + Plot.HOUR,
                Plot.domainOf(name),
                "a phone sends " + bytes / 1_000_000 + " MB to " + name + " in the night",
                List.of()));
    }
}
