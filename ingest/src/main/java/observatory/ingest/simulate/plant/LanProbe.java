package observatory.ingest.simulate.plant;

import java.util.List;
import observatory.ingest.simulate.fleet.Deed.Manner;
import observatory.ingest.simulate.fleet.Phone;
import observatory.ingest.simulate.fleet.Plant;

/** A phone tries four ports of ninety neighbours. */
final class LanProbe implements Planting {
    @Override
    public void in(Plot plot) {
        plot.take(phone -> true).ifPresent(phone -> plant(plot, phone));
    }

    private static void plant(Plot plot, Phone phone) {
        long at = plot.moment();
        plot.give(phone, Visits.once(Manner.PROBE, "", 0, at, 0, 0));
        plot.plant(new Plant(
                "lan-probe",
                "device",
                phone.site().name(),
                List.of(phone.index()),
                at,
                at + 10 * Plot.MINUTE,
                phone.addressAt(at),
                "a phone tries four ports of 90 hosts of its LAN within six minutes",
                List.of()));
    }
}
