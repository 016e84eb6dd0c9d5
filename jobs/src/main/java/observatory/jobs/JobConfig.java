package observatory.jobs;

import java.io.Serializable;
import java.time.Duration;
import observatory.ingest.netflow.SessionSettings;
import observatory.jobs.attribute.GeoAccess;
import observatory.jobs.attribute.Inventory;
import observatory.jobs.attribute.PhoneNetworks;
import observatory.jobs.attribute.Sites;
import observatory.jobs.attribute.Witnesses;
import observatory.jobs.document.Privacy;
import observatory.jobs.finding.DetectionSettings;

/**
 * What a job needs to know besides its input and output.
 *
 * @param geo where the tables of addresses, names and parties are
 * @param phones which addresses are phones
 * @param sites which networks belong to which site
 * @param inventory what is listed of the devices
 * @param witnesses whether several exporters may tell one connection, and whose word is taken
 * @param sessions how patient to be with exporters, how trusting of their clocks
 * @param pseudonymKey path of the file with the key of the pseudonyms; made when missing
 * @param privacy how much documents tell of single devices
 * @param simulated whether the input is simulated; every document says so
 * @param raw whether single flows and DNS answers are written, not only rollups, endpoints, findings and coverage; where
 *     no device is told there are none in any case
 * @param lateness how long after its time a record can still correct what was written; none in a replay, whose watermark
 *     is exact
 * @param endMillis where the observation ends, milliseconds since 1970; {@code Long.MAX_VALUE} when live
 * @param detection what the detections need to know of the site
 */
public record JobConfig(
        GeoAccess geo,
        PhoneNetworks phones,
        Sites sites,
        Inventory inventory,
        Witnesses witnesses,
        SessionSettings sessions,
        String pseudonymKey,
        Privacy privacy,
        boolean simulated,
        boolean raw,
        Duration lateness,
        long endMillis,
        DetectionSettings detection)
        implements Serializable {

    public JobConfig {
        if (lateness.isNegative()) {
            throw new IllegalArgumentException("lateness cannot be negative");
        }
        if (endMillis < detection.startMillis()) {
            throw new IllegalArgumentException("an observation cannot end before it begins");
        }
        phones.rule();
        sites.rule();
    }

    /** Whether the observation ends, so that there are totals to tell. */
    boolean isBounded() {
        return endMillis < Long.MAX_VALUE;
    }
}
