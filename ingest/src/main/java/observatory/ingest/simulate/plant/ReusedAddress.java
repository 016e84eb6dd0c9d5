package observatory.ingest.simulate.plant;

import java.util.List;
import java.util.Optional;
import observatory.ingest.simulate.fleet.Phone;
import observatory.ingest.simulate.fleet.Plant;
import observatory.ingest.simulate.fleet.Span;
import observatory.ingest.simulate.fleet.Version;

/** While a phone is unplugged for a while, another one of the site starts and is given its address. */
final class ReusedAddress implements Planting {
    @Override
    public void in(Plot plot) {
        Optional<Phone> mover = plot.take(ReusedAddress::stays);
        mover.flatMap(phone -> plot.take(other -> stays(other)
                        && other.site().equals(phone.site())
                        && !other.model().equals(phone.model())))
                .ifPresent(heir -> plant(plot, mover.orElseThrow(), heir));
    }

    private static boolean stays(Phone phone) {
        return phone.addresses().size() == 1;
    }

    private static void plant(Plot plot, Phone mover, Phone heir) {
        long at = plot.moment();
        long back = at + 20 * Plot.MINUTE;
        long taken = at + 5 * Plot.MINUTE;
        String address = mover.addressAt(at);
        String spare = plot.spareAddress(mover.site());
        plot.change(
                mover,
                given -> given.withAbsence(new Span(at, back))
                        .withAddresses(List.of(given.addresses().getFirst(), new Version(back, spare))));
        plot.change(
                heir,
                given -> given.withBoot(taken)
                        .withAddresses(List.of(given.addresses().getFirst(), new Version(taken, address))));
        plot.lookAlike(new Plant(
                "reused-address",
                "device",
                mover.site().name(),
                List.of(mover.index(), heir.index()),
                at,
                plot.days().end(),
                address,
                "a phone is given the address " + address + " that another one had until then",
                List.of()));
    }
}
