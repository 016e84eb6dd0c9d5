package observatory.jobs;

import java.io.Serializable;
import java.time.Duration;
import observatory.ingest.netflow.SessionSettings;
import observatory.jobs.attribute.GeoAccess;
import observatory.jobs.attribute.Inventory;
import observatory.jobs.attribute.PhoneNetworks;
import observatory.jobs.attribute.Sites;
import observatory.jobs.attribute.Witnesses;
import observatory.jobs.finding.SiteResolvers;

/**
 * What a job needs to know besides its input and output.
 *
 * @param geo where the tables of addresses, names and parties are
 * @param phones which addresses are phones
 * @param sites which networks belong to which site
 * @param resolvers which resolvers the phones are meant to use
 * @param inventory what is listed of the devices
 * @param witnesses whether several exporters may tell one connection, and whose word is taken
 * @param sessions how patient to be with exporters, how trusting of their clocks
 * @param pseudonymKey path of the file with the key of the pseudonyms; made when missing
 * @param simulated whether the input is simulated; every document says so
 * @param raw whether single flows and DNS answers are written, not only rollups, endpoints, findings and coverage
 * @param learning how long devices and fleet are watched before a new endpoint is a finding
 * @param lateness how long after its time a record can still correct what was written; none in a replay, whose watermark
 *     is exact
 * @param startMillis where the observation begins, milliseconds since 1970
 * @param endMillis where it ends; {@code Long.MAX_VALUE} when live
 */
public record JobConfig(
        GeoAccess geo,
        PhoneNetworks phones,
        Sites sites,
        SiteResolvers resolvers,
        Inventory inventory,
        Witnesses witnesses,
        SessionSettings sessions,
        String pseudonymKey,
        boolean simulated,
        boolean raw,
        Duration learning,
        Duration lateness,
        long startMillis,
        long endMillis)
        implements Serializable {

    /** Learning period when none is configured. */
    public static final Duration DEFAULT_LEARNING = Duration.ofDays(3);

    public JobConfig {
        if (learning.isNegative() || lateness.isNegative()) {
            throw new IllegalArgumentException("learning and lateness cannot be negative");
        }
        if (endMillis < startMillis) {
            throw new IllegalArgumentException("an observation cannot end before it begins");
        }
        phones.rule();
        sites.rule();
        resolvers.rule();
    }
}
