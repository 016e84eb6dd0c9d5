package observatory.geo.attribution;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a destination was called when a flow to it started.
 *
 * @param name the name that was asked for or announced, lower case; null when {@code source} is RANGE or NONE
 * @param target last name of the CNAME chain, which often tells host and region; null when there was no chain
 * @param source where the name comes from
 * @param state how far it can be trusted
 * @param ageSeconds seconds between the answer and the start of the flow; 0 for SNI, -1 without a name
 * @param candidates all names that were valid, the chosen one first; empty without a name
 */
public record DestinationName(
        @Nullable String name,
        @Nullable String target,
        NameSource source,
        NameState state,
        long ageSeconds,
        List<String> candidates) {

    /** No name is known. */
    public static final DestinationName NONE =
            new DestinationName(null, null, NameSource.NONE, NameState.NONE, -1, List.of());

    public DestinationName {
        candidates = List.copyOf(candidates);
    }
}
