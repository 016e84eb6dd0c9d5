package observatory.jobs.attribute;

import java.io.Serializable;
import java.util.List;

/**
 * Whether one connection may be told by several exporters or sensors of a site, and whose word is taken first.
 *
 * @param several whether there may be more than one for a device; if so, each connection counts once, and what the others
 *     tell of it counts as duplicate
 * @param preferred names of exporters and sensors to be believed before all others. Who is not among them waits a little
 *     longer, so that they can come first; among equals the one that tells first is believed
 */
public record Witnesses(boolean several, List<String> preferred) implements Serializable {
    /** How much longer the word of others waits. */
    static final long WAIT_MILLIS = 5_000;

    /** Nobody sees what another sees. */
    public static final Witnesses ONE = new Witnesses(false, List.of());

    /** Several may see the same, and all are equal. */
    public static final Witnesses EQUAL = new Witnesses(true, List.of());

    public Witnesses {
        preferred = List.copyOf(preferred);
    }

    /** How long the flows of an exporter or sensor wait longer than those of the preferred. */
    long waitMillis(String sensor) {
        return preferred.isEmpty() || preferred.contains(sensor) ? 0 : WAIT_MILLIS;
    }
}
