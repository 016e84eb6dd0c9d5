package observatory.jobs.finding.nameless;

import java.util.List;
import observatory.jobs.finding.Evidence;
import observatory.jobs.finding.Evolving;
import observatory.jobs.finding.Finding;
import observatory.jobs.finding.Finding.Severity;
import observatory.jobs.rollup.Destination;
import observatory.jobs.rollup.Rollup;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/** One finding for each endpoint that devices contact without a name; all devices that do so are part of it. */
public final class NamelessContact extends Evolving<Rollup> {
    private static final long serialVersionUID = 1;

    /**
     * @param latenessMillis how long a contact can still be corrected; {@link NamingFeed} has kept it for longer than that
     * @param endMillis where a bounded observation ends; {@code Long.MAX_VALUE} when live
     */
    public NamelessContact(long latenessMillis, long endMillis) {
        super(TypeInformation.of(Rollup.class), latenessMillis + NamingFeed.PATIENCE_MILLIS, endMillis);
    }

    /** Key of a contact: site and endpoint. */
    public static String keyOf(Rollup contact) {
        return contact.device().site() + "|" + contact.destination().endpoint();
    }

    @Override
    protected Rollup contact(Rollup event) {
        return event;
    }

    @Override
    protected String widerScope() {
        return "site";
    }

    @Override
    protected Finding begun(Rollup contact) {
        Destination to = contact.destination();
        String network = to.asn() == 0 ? "an unknown network" : "AS" + to.asn() + " " + to.organisation();
        return Finding.of(Finding.Kind.NO_DNS_DESTINATION, contact.device(), keyOf(contact) + "|" + day(contact))
                .severity(
                        to.cloud().isEmpty() ? Severity.MEDIUM : Severity.HIGH,
                        to.cloud().isEmpty()
                                ? "An address that a device holds by itself may be of its firmware or of its configuration."
                                : "Behind an address of a cloud provider anybody may stand, and no name says who.")
                .headline(Finding.WHERE + ": contacted by its address, without a name, by " + Finding.WHO)
                .facts(List.of(
                        "Neither TLS nor a DNS answer to any device named the destination, which is in " + network
                                + ".",
                        "The site's DNS was logged without a break from a day before until after it, and the device"
                                + " asked for other names in that time.",
                        "It is neither a call nor signalling of a telephony provider, nor a resolver, time or STUN"
                                + " server."))
                .evidence(Evidence.of(contact))
                .between(contact.firstStartMillis(), contact.lastEndMillis())
                .more(contact.flows(), contact.bytesOut(), contact.bytesIn())
                .destination(to)
                .end();
    }
}
