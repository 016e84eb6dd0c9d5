package observatory.jobs.attribute;

import java.util.Locale;
import observatory.geo.attribution.DestinationName;

/**
 * What the device's own DNS answers would have called a destination whose true name the flow itself announced: the
 * measure of how precise names from DNS alone are.
 */
public enum NameCheck {
    /** The flow announced no name. */
    UNCHECKED,
    /** The one name that DNS gives is the one announced. */
    RIGHT,
    /** DNS gives several names, the one announced among them. */
    SHARED,
    /** DNS gives other names only. */
    WRONG,
    /** DNS gives no name. */
    NONE;

    /** Compares what DNS alone says with what was announced. */
    static NameCheck of(DestinationName byDns, String announced) {
        if (byDns.name() == null) {
            return NONE;
        }
        if (!byDns.candidates().contains(announced)) {
            return WRONG;
        }
        return byDns.candidates().size() == 1 ? RIGHT : SHARED;
    }

    /** The name used in counters. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
