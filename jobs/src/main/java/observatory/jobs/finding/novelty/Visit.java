package observatory.jobs.finding.novelty;

import observatory.geo.place.Place;
import observatory.jobs.rollup.Destination;
import observatory.jobs.rollup.Rollup;

/**
 * Contact that may be news.
 *
 * @param contact the contact
 * @param heldMillis how long after its time it is handed on
 * @param namesMissing whether it has no name because names were not logged: then it is remembered, but no news
 */
public record Visit(Rollup contact, long heldMillis, boolean namesMissing) {
    private static final String MISSING = "|missing";

    /** Contact that says all it can say. */
    public static Visit of(Rollup contact) {
        return new Visit(contact, 0, false);
    }

    /**
     * Whether a contact has no name though others of its kind have: only then it matters whether names were logged. Time
     * servers are contacted by address in good order, and are no news.
     */
    public static boolean isNameless(Rollup contact) {
        Destination to = contact.destination();
        return to.registrableDomain() == null && to.placeState() != Place.State.LOCAL && !contact.isClock();
    }

    /** Key of visits that are one in a day. */
    String destination() {
        return contact.destination().key() + "|" + contact.device().cohort() + (namesMissing ? MISSING : "");
    }

    /** The same with another contact. */
    Visit with(Rollup other) {
        return new Visit(other, heldMillis, namesMissing);
    }
}
