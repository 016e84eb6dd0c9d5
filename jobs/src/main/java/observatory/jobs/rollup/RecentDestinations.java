package observatory.jobs.rollup;

import observatory.geo.attribution.Attribution;
import observatory.geo.place.Place;

/** The shared parts of attributions, each derived once, since an attributor hands out the same answer again and again. */
public final class RecentDestinations {
    private static final int GENERATION = 1 << 13;

    private final Recent<Place, Destination> recent = new Recent<>(GENERATION);

    /** The shared part of an attribution. */
    public Destination of(Attribution attribution) {
        return recent.get(attribution.place(), attribution, Destination::of);
    }
}
