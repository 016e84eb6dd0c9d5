package observatory.jobs.finding.site;

import java.util.Comparator;
import observatory.jobs.attribute.Device;
import observatory.jobs.coverage.MinuteCoverage;
import observatory.jobs.coverage.Tally;
import observatory.jobs.finding.Evidence;
import org.jspecify.annotations.Nullable;

/**
 * Something that concerns a site: a device that was heard of, a suspicion, or a silence.
 *
 * @param site the site
 * @param atMillis when it was known, milliseconds since 1970
 * @param heard a device that was heard of in the hour before
 * @param last the document that holds its latest flow; null when none was heard of
 * @param suspicion what a device may be doing
 * @param silentMillis a sensor of the site delivered nothing from this time on; 0 when it did
 * @param silentMinutes for so long
 */
public record SiteReport(
        String site,
        long atMillis,
        @Nullable Device heard,
        @Nullable Evidence last,
        @Nullable Suspicion suspicion,
        long silentMillis,
        long silentMinutes) {

    /** A total order. */
    static final Comparator<SiteReport> ORDER = Comparator.comparingLong(SiteReport::atMillis)
            .thenComparingLong(SiteReport::silentMillis)
            .thenComparing(SiteReport::deviceKey)
            .thenComparing(SiteReport::subject)
            .thenComparingLong(event ->
                    event.suspicion() == null ? 0 : event.suspicion().finding().count())
            .thenComparing(event -> String.valueOf(event.heard()));

    /** A device was heard of. */
    public static SiteReport heard(Device device, Evidence last, long atMillis) {
        return new SiteReport(device.site(), atMillis, device, last, null, 0, 0);
    }

    /** A device may be doing something. */
    public static SiteReport suspected(Suspicion suspicion, long atMillis) {
        String site = suspicion.finding().site();
        return new SiteReport(site == null ? "" : site, atMillis, null, null, suspicion, 0, 0);
    }

    /** A sensor delivered nothing, which became known at a time. */
    static SiteReport silence(MinuteCoverage coverage, long toldMillis) {
        Tally tally = coverage.tally();
        return new SiteReport(tally.site(), toldMillis, null, null, null, tally.minuteMillis(), coverage.minutes());
    }

    String deviceKey() {
        return heard != null
                ? heard.key()
                : suspicion == null || suspicion.finding().device() == null
                        ? ""
                        : suspicion.finding().device().key();
    }

    String subject() {
        return suspicion == null ? "" : suspicion.subject();
    }
}
