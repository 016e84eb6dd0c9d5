package observatory.jobs.sink;

import java.time.Duration;

/**
 * How long to leave a server alone: doubling from the first to the longest, each time between half and all of it, so
 * that writers which failed together do not come back together.
 *
 * @param first after the first failure
 * @param longest never more
 */
record Backoff(Duration first, Duration longest) {

    /**
     * @param failures in a row, 1 or more
     * @param chance 0.0 to 1.0, equally likely
     */
    Duration after(int failures, double chance) {
        int doublings = Math.min(failures - 1, 20);
        long whole = Math.min(longest.toMillis(), first.toMillis() << doublings);
        return Duration.ofMillis((long) (whole * (0.5 + chance / 2)));
    }
}
