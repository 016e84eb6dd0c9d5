package observatory.jobs.summary;

import observatory.jobs.rollup.Naming;
import observatory.jobs.rollup.Rollup;
import observatory.jobs.rollup.Volume;

/**
 * What one device did within a day, as far as it tells whether its names could be seen.
 *
 * @param key device and day
 * @param dayMillis start of the day, milliseconds since 1970
 * @param all all flows
 * @param nameless flows without a name
 * @param hiddenDns questions asked where nobody at the site can read them
 */
public record NamingDay(String key, long dayMillis, Volume all, Volume nameless, Volume hiddenDns) {
    /** Length of a day. */
    public static final long DAY_MILLIS = 86_400_000;

    /** What a rollup adds. */
    public static NamingDay of(Rollup rollup) {
        long day = Math.floorDiv(rollup.windowMillis(), DAY_MILLIS) * DAY_MILLIS;
        Naming naming = rollup.naming();
        return new NamingDay(
                rollup.device().key() + "|" + day, day, naming.all(), naming.nameless(), naming.hiddenDns());
    }

    /** The sum of two of equal key. */
    public NamingDay plus(NamingDay other) {
        return new NamingDay(
                key, dayMillis, all.plus(other.all), nameless.plus(other.nameless), hiddenDns.plus(other.hiddenDns));
    }

    /** Last millisecond of the day. */
    long endMillis() {
        return dayMillis + DAY_MILLIS - 1;
    }
}
