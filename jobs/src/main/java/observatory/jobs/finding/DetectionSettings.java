package observatory.jobs.finding;

import java.io.Serializable;
import java.time.Duration;
import observatory.jobs.finding.policy.Policy;

/**
 * What the detections need to know of the site.
 *
 * @param resolvers which resolvers the phones are meant to use
 * @param learning how long a device, a site and the fleet are watched before what is new is a finding
 * @param dormancy after how long without contact an endpoint that comes back is a finding
 * @param startMillis where the observation begins, milliseconds since 1970
 * @param suppressions which findings are not told
 * @param policy who may reach what
 * @param outliers when few of many devices of a cohort are too few to be ordinary
 * @param ordinary what phones and those who look after them do anyway
 */
public record DetectionSettings(
        SiteResolvers resolvers,
        Duration learning,
        Duration dormancy,
        long startMillis,
        Suppressions suppressions,
        Policy policy,
        Outliers outliers,
        Ordinary ordinary)
        implements Serializable {

    /** Learning period when none is configured. */
    public static final Duration DEFAULT_LEARNING = Duration.ofDays(3);

    /** Dormancy when none is configured. */
    public static final Duration DEFAULT_DORMANCY = Duration.ofDays(30);

    public DetectionSettings {
        if (dormancy.compareTo(Duration.ofDays(1)) < 0) {
            throw new IllegalArgumentException("an endpoint is dormant after a day at least, not " + dormancy);
        }
        if (learning.isNegative()) {
            throw new IllegalArgumentException("a learning period cannot be negative");
        }
        resolvers.rule();
    }

    /** With nothing configured, of an observation that begins at a time. */
    public static DetectionSettings assumed(long startMillis) {
        return new DetectionSettings(
                SiteResolvers.ASSUMED,
                DEFAULT_LEARNING,
                DEFAULT_DORMANCY,
                startMillis,
                Suppressions.NONE,
                Policy.NONE,
                Outliers.DEFAULT,
                Ordinary.ASSUMED);
    }

    /** The same with other resolvers. */
    public DetectionSettings with(SiteResolvers own) {
        return new DetectionSettings(own, learning, dormancy, startMillis, suppressions, policy, outliers, ordinary);
    }

    /** The same with another learning period. */
    public DetectionSettings learning(Duration period) {
        return new DetectionSettings(
                resolvers, period, dormancy, startMillis, suppressions, policy, outliers, ordinary);
    }

    /** The same with another dormancy. */
    public DetectionSettings dormancy(Duration period) {
        return new DetectionSettings(
                resolvers, learning, period, startMillis, suppressions, policy, outliers, ordinary);
    }

    /** The same with other suppressions. */
    public DetectionSettings with(Suppressions known) {
        return new DetectionSettings(resolvers, learning, dormancy, startMillis, known, policy, outliers, ordinary);
    }

    /** The same with another policy. */
    public DetectionSettings with(Policy rules) {
        return new DetectionSettings(
                resolvers, learning, dormancy, startMillis, suppressions, rules, outliers, ordinary);
    }

    /** The same with other outliers. */
    public DetectionSettings with(Outliers few) {
        return new DetectionSettings(resolvers, learning, dormancy, startMillis, suppressions, policy, few, ordinary);
    }

    /** The same with other ordinary ways. */
    public DetectionSettings with(Ordinary ways) {
        return new DetectionSettings(resolvers, learning, dormancy, startMillis, suppressions, policy, outliers, ways);
    }

    /** The same for an observation that begins at another time. */
    public DetectionSettings startingAt(long millis) {
        return new DetectionSettings(resolvers, learning, dormancy, millis, suppressions, policy, outliers, ordinary);
    }
}
