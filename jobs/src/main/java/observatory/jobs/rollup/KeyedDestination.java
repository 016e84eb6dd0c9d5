package observatory.jobs.rollup;

import observatory.geo.attribution.Attribution;
import observatory.geo.attribution.NameSource;

/**
 * What rollups take from an attribution, derived once.
 *
 * @param destination the shared part
 * @param key its key
 * @param source where the name comes from
 */
record KeyedDestination(Destination destination, String key, NameSource source) {
    static KeyedDestination of(Attribution attribution) {
        Destination destination = Destination.of(attribution);
        return new KeyedDestination(
                destination, destination.key(), attribution.name().source());
    }
}
