package observatory.jobs.finding.nameless;

import observatory.jobs.rollup.Rollup;

/**
 * Contact without a name, and what that says.
 *
 * @param contact the contact
 * @param names whether a name would have been seen
 */
public record NamelessVisit(Rollup contact, Names names) {
    /** What was known of the names of the site around a contact. */
    public enum Names {
        /** The site's DNS was logged without a break from a day before until after it, and the device itself had asked. */
        COMPLETE,
        /** The same, but the device may have its names from elsewhere; or nobody's DNS was ever logged. */
        ELSEWHERE,
        /** There is a log of the site's DNS, and it was broken, or not old enough: the name may be one that was missed. */
        MISSING
    }
}
