package observatory.dashboards.search;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a reader narrowed the page to; null means: not narrowed.
 *
 * @param from first moment shown
 * @param to first moment no longer shown, after {@code from}
 * @param site name of a site
 * @param device pseudonym of a device
 */
public record Filter(
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable String site,
        @Nullable String device) {
    /** Everything there is. */
    public static final Filter NONE = new Filter(null, null, null, null);

    private static final int LONGEST_NAME = 256;

    /** @throws IllegalArgumentException if the interval is empty or a name is longer than any index holds */
    public Filter {
        if (from != null && to != null && !from.isBefore(to)) {
            throw new IllegalArgumentException("the interval from " + from + " to " + to + " is empty");
        }
        checkLength("site", site);
        checkLength("device", device);
    }

    private static void checkLength(String what, @Nullable String name) {
        if (name != null && name.length() > LONGEST_NAME) {
            throw new IllegalArgumentException(
                    "the name of the " + what + " is longer than " + LONGEST_NAME + " characters");
        }
    }
}
