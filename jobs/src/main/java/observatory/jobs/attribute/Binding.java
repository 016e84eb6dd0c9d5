package observatory.jobs.attribute;

import org.jspecify.annotations.Nullable;

/**
 * That a device was told: this name has this address, for so long.
 *
 * @param name the name that was asked for
 * @param target last name of the CNAME chain; null when there was none
 * @param answeredMillis when the answer was first given, milliseconds since 1970
 * @param renewedMillis when it was last given again before it expired; {@code answeredMillis} when never
 * @param expiresMillis when its time to live is over
 */
public record Binding(
        String name, @Nullable String target, long answeredMillis, long renewedMillis, long expiresMillis) {

    /** The last answer at or before a time; the first one when all later ones came after it. */
    long answeredBefore(long millis) {
        return renewedMillis <= millis ? renewedMillis : answeredMillis;
    }
}
