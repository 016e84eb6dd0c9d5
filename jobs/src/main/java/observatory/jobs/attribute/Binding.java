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

    /** Whether this answers the same question again, at the latest a grace after the other expired. */
    boolean renews(Binding other) {
        return name.equals(other.name)
                && answeredMillis >= other.answeredMillis
                && answeredMillis <= other.expiresMillis + NameMemory.GRACE_MILLIS;
    }

    /** Both answers as one, of which either renews the other; the later says where the chain of names leads. */
    Binding and(Binding other) {
        Binding later = renewedMillis > other.renewedMillis ? this : other;
        Binding earlier = later == this ? other : this;
        return new Binding(
                name,
                later.target == null ? earlier.target : later.target,
                Math.min(answeredMillis, other.answeredMillis),
                later.renewedMillis,
                Math.max(expiresMillis, other.expiresMillis));
    }

    /** The last answer at or before a time; the first one when all later ones came after it. */
    long answeredBefore(long millis) {
        return renewedMillis <= millis ? renewedMillis : answeredMillis;
    }
}
