package observatory.ingest.simulate.plant;

import java.util.List;
import observatory.ingest.simulate.fleet.Phone;
import observatory.ingest.simulate.fleet.Plant;
import observatory.ingest.simulate.fleet.Span;

/** A phone falls silent and stays so. */
final class SilentDevice implements Planting {
    @Override
    public void in(Plot plot) {
        plot.take(phone -> true).ifPresent(phone -> plant(plot, phone));
    }

    private static void plant(Plot plot, Phone phone) {
        long from = plot.moment();
        long end = plot.days().end();
        plot.change(phone, given -> given.withAbsence(new Span(from, end)));
        plot.plant(new Plant(
                "silent-device",
                "device",
                phone.site().name(),
                List.of(phone.index()),
                from,
                end,
                phone.mac(),
                "a phone is switched off and not switched on again",
                List.of()));
    }
}
