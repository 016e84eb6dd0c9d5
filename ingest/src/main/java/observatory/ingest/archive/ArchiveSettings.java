package observatory.ingest.archive;

import java.time.ZoneId;
import observatory.ingest.decode.Format;
import org.jspecify.annotations.Nullable;

/**
 * What the user states about the files instead of letting it be found out.
 *
 * @param format how they are written; null to recognise it from each file's content
 * @param sensor name of the sensor that wrote them; null to take the name of the folder each file lies in
 * @param site name of the site; null to take the sensor's name
 * @param zone zone of the clocks that logs without one are stamped by; null for UTC
 */
public record ArchiveSettings(
        @Nullable Format format,
        @Nullable String sensor,
        @Nullable String site,
        @Nullable ZoneId zone) {
    /** Everything is found out from the files. */
    public static final ArchiveSettings NONE = new ArchiveSettings(null, null, null);

    /** Settings for logs that state their zone, or whose clocks show UTC. */
    public ArchiveSettings(@Nullable Format format, @Nullable String sensor, @Nullable String site) {
        this(format, sensor, site, null);
    }

    public ArchiveSettings {
        if ((sensor != null && sensor.isBlank()) || (site != null && site.isBlank())) {
            throw new IllegalArgumentException("a sensor or site that is given has a name");
        }
    }
}
