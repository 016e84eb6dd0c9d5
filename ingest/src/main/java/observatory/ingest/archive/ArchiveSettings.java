package observatory.ingest.archive;

import observatory.ingest.decode.Format;
import org.jspecify.annotations.Nullable;

/**
 * What the user states about the files instead of letting it be found out.
 *
 * @param format how they are written; null to recognise it from each file's content
 * @param sensor name of the sensor that wrote them; null to take the name of the folder each file lies in
 * @param site name of the site; null to take the sensor's name
 */
public record ArchiveSettings(
        @Nullable Format format,
        @Nullable String sensor,
        @Nullable String site) {
    /** Everything is found out from the files. */
    public static final ArchiveSettings NONE = new ArchiveSettings(null, null, null);

    public ArchiveSettings {
        if ((sensor != null && sensor.isBlank()) || (site != null && site.isBlank())) {
            throw new IllegalArgumentException("a sensor or site that is given has a name");
        }
    }
}
