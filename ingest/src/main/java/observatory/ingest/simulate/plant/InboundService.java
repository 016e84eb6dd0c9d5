package observatory.ingest.simulate.plant;

import java.util.List;
import observatory.ingest.simulate.fleet.Deed.Manner;
import observatory.ingest.simulate.fleet.Phone;
import observatory.ingest.simulate.fleet.Plant;

/**
 * Somebody connects to a port of a phone, and the phone answers.
 *
 * @param outside whether that somebody is in the internet, or a machine of the same site
 */
record InboundService(boolean outside) implements Planting {
    private static final List<Integer> PORTS = List.of(22, 443, 8080, 8443);

    @Override
    public void in(Plot plot) {
        plot.take(phone -> true).ifPresent(phone -> plant(plot, phone));
    }

    private void plant(Plot plot, Phone phone) {
        long at = plot.moment();
        int port = plot.any(PORTS);
        String caller = outside
                ? "141.5.5." + (2 + plot.random().nextInt(250))
                : phone.site().workplace(10 + plot.random().nextInt(200));
        plot.give(phone, Visits.once(Manner.CALLED, caller, port, at, 600, 9_000));
        plot.plant(new Plant(
                "new-inbound-service",
                "device",
                phone.site().name(),
                List.of(phone.index()),
                at,
                at + Plot.HOUR,
                caller,
                caller + " connects to port " + port + " of a phone, which answers",
                outside ? Plot.NEWS : List.of()));
    }
}
