package observatory.jobs.finding.nameless;

import observatory.jobs.attribute.NamedDns;
import observatory.jobs.rollup.Rollup;
import org.jspecify.annotations.Nullable;

/**
 * What bears on the naming of a site: a device asked for names, or contacted something without one.
 *
 * @param site where
 * @param device key of the device
 * @param timeMillis the last millisecond of the five minutes it happened in
 * @param contact the contact; null when the device asked
 */
public record NamingEvent(
        String site,
        String device,
        long timeMillis,
        @Nullable Rollup contact) {

    /** A device asked for a name. All its questions of five minutes make equal events, of which one is enough. */
    public static NamingEvent asked(NamedDns dns) {
        long window = Rollup.windowOf(Math.floorDiv(dns.dns().timeNanos(), 1_000_000L));
        return new NamingEvent(dns.device().site(), dns.device().key(), window + Rollup.WINDOW_MILLIS - 1, null);
    }

    /** A device contacted something without a name. */
    public static NamingEvent contacted(Rollup contact) {
        return new NamingEvent(contact.device().site(), contact.device().key(), contact.windowEndMillis(), contact);
    }

    /** Key of equal questions. */
    public String key() {
        return site + "|" + device + "|" + timeMillis;
    }
}
