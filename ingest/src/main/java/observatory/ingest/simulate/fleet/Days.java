package observatory.ingest.simulate.fleet;

import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * The days that are simulated. Times are microseconds since 1970.
 *
 * @param first first day; it begins at midnight UTC
 * @param count number of days
 */
public record Days(LocalDate first, int count) {
    private static final long SECOND = 1_000_000;

    /** Start of the first day, UTC. */
    public long begin() {
        return first.atStartOfDay().toEpochSecond(ZoneOffset.UTC) * SECOND;
    }

    /** End of the last day, UTC. */
    public long end() {
        return first.plusDays(count).atStartOfDay().toEpochSecond(ZoneOffset.UTC) * SECOND;
    }

    /** A wall-clock time on the {@code day}th day, from 1. */
    public long at(int day, LocalTime time, ZoneId zone) {
        return first.plusDays(day - 1L).atTime(time).atZone(zone).toEpochSecond() * SECOND;
    }
}
