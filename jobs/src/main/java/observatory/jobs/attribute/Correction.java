package observatory.jobs.attribute;

import observatory.geo.attribution.DestinationName;
import observatory.geo.attribution.NameSource;
import observatory.geo.attribution.NameState;
import org.jspecify.annotations.Nullable;

/**
 * That a flow was written before, under another name or none, until an answer came late.
 *
 * @param name what it was called when it was first written; null when it had no name
 * @param source where that name came from
 * @param state how far it could be trusted
 * @param count how often the flow has been corrected, from 1
 */
public record Correction(@Nullable String name, NameSource source, NameState state, long count) {

    /** The correction of a flow that was last written with a name and, perhaps, an earlier correction. */
    static Correction of(DestinationName written, @Nullable Correction earlier) {
        return earlier == null
                ? new Correction(written.name(), written.source(), written.state(), 1)
                : new Correction(earlier.name, earlier.source, earlier.state, earlier.count + 1);
    }
}
