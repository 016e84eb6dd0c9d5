package observatory.dashboards.search;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which share of the input a figure was built from, in minutes of sensors, exporters and resolvers.
 *
 * @param minutes minutes for which a ledger was kept
 * @param silentMinutes those of them in which nothing arrived although something should have
 * @param first start of the first minute in the range; null when there is none
 * @param last end of the last minute in the range; null when there is none
 */
public record Coverage(
        long minutes,
        long silentMinutes,
        @Nullable Instant first,
        @Nullable Instant last) {
    /** No ledger was kept: how complete a figure is cannot be said. */
    public static final Coverage UNKNOWN = new Coverage(0, 0, null, null);

    public Coverage {
        if (silentMinutes < 0 || silentMinutes > minutes) {
            throw new IllegalArgumentException(silentMinutes + " silent minutes of " + minutes);
        }
    }

    /** Both together, as for two sensors. */
    public Coverage plus(Coverage other) {
        return new Coverage(
                minutes + other.minutes,
                silentMinutes + other.silentMinutes,
                earlier(first, other.first),
                later(last, other.last));
    }

    /** 1 - silent minutes / all minutes; null when no ledger was kept. */
    @JsonProperty
    public @Nullable Double share() {
        return minutes == 0 ? null : 1.0 - (double) silentMinutes / minutes;
    }

    private static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
        return one == null || (other != null && other.isBefore(one)) ? other : one;
    }

    private static @Nullable Instant later(@Nullable Instant one, @Nullable Instant other) {
        return one == null || (other != null && other.isAfter(one)) ? other : one;
    }
}
