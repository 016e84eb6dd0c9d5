package observatory.jobs.finding.residency;

import java.util.List;
import observatory.geo.place.Place;
import observatory.jobs.finding.Evidence;
import observatory.jobs.finding.Evolving;
import observatory.jobs.finding.Finding;
import observatory.jobs.finding.Finding.Severity;
import observatory.jobs.finding.NameDoubts;
import observatory.jobs.rollup.Destination;
import observatory.jobs.rollup.Rollup;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/** One finding for each rule, endpoint and group that break it. */
public final class Violations extends Evolving<Breach> {
    private static final long serialVersionUID = 1;

    /**
     * @param latenessMillis how long a contact can still be corrected
     * @param endMillis where a bounded observation ends; {@code Long.MAX_VALUE} when live
     */
    public Violations(long latenessMillis, long endMillis) {
        super(TypeInformation.of(Breach.class), latenessMillis, endMillis);
    }

    @Override
    protected Rollup contact(Breach breach) {
        return breach.contact();
    }

    @Override
    protected String widerScope() {
        return "group";
    }

    @Override
    protected Finding begun(Breach breach) {
        Rollup contact = breach.contact();
        Destination to = contact.destination();
        return Finding.of(Finding.Kind.RESIDENCY_VIOLATION, contact.device(), breach.key() + "|" + day(contact))
                .severity(
                        Severity.HIGH,
                        "Rule '" + breach.rule() + "' of " + breach.owner() + " is broken: " + breach.reason())
                .headline(Finding.WHERE + ": contact of " + breach.group() + " breaks rule '" + breach.rule() + "' ("
                        + breach.words() + ")")
                .facts(List.of("The rule says: " + breach.words() + ".", known(to)))
                .missing(NameDoubts.of(contact))
                .evidence(Evidence.of(contact))
                .between(contact.firstStartMillis(), contact.lastEndMillis())
                .more(contact.flows(), contact.bytesOut(), contact.bytesIn())
                .destination(to)
                .end();
    }

    private static String known(Destination to) {
        String place = to.placeState() == Place.State.DISPUTED ? "disputed between " : "";
        return "Place: " + place + (to.countries().isEmpty() ? "none" : String.join(", ", to.countries())) + " (by "
                + to.step().label() + "); operator: " + orUnknown(to.service().operator()) + ", reached by "
                + orUnknown(String.join(", ", to.operatorJurisdictions())) + "; host network: "
                + orUnknown(to.organisation()) + ", reached by "
                + orUnknown(String.join(", ", to.hostJurisdictions())) + "; purpose: "
                + to.service().purpose().label() + ".";
    }

    private static String orUnknown(String text) {
        return text.isEmpty() ? "unknown" : text;
    }
}
