package observatory.ingest.simulate.plant;

import java.util.List;
import observatory.ingest.simulate.fleet.Deed.Manner;
import observatory.ingest.simulate.fleet.Phone;
import observatory.ingest.simulate.fleet.Plant;

/**
 * A phone is managed, or registers, so that everybody on the way can read along.
 *
 * @param manner in which protocol
 * @param port at which port of the other side
 */
record Cleartext(Manner manner, int port) implements Planting {
    @Override
    public void in(Plot plot) {
        plot.take(phone -> true).ifPresent(phone -> plant(plot, phone));
    }

    private void plant(Plot plot, Phone phone) {
        String target = switch (manner) {
            case TFTP, TELNET -> phone.site().provisioner();
            case SIP -> "sip10.ringcentral.com";
            default -> Provisioning.of(phone);
        };
        long from = plot.moment();
        plot.give(phone, Visits.sometimes(manner, target, port, plot.since(from), 4 * Plot.HOUR));
        plot.plant(new Plant(
                "cleartext-management",
                "device",
                phone.site().name(),
                List.of(phone.index()),
                from,
                plot.days().end(),
                Character.isDigit(target.charAt(0)) ? target : Plot.domainOf(target),
                "a phone talks " + words() + " to " + target,
                manner == Manner.SIP ? List.of("new-endpoint", "cohort-outlier") : List.of()));
    }

    private String words() {
        return switch (manner) {
            case OLD_TLS -> "TLS 1.0";
            case SIP -> "SIP without TLS";
            default -> manner.name();
        };
    }
}
