package observatory.jobs.finding.nameless;

import observatory.jobs.coverage.Rhythm;
import observatory.jobs.rollup.Rollup;

/**
 * How completely the DNS of a site is logged: pure rules over the five minutes in which devices of it asked. A wait that
 * is longer than the site's own habit, and half an hour in any case, breaks the log: what was asked in it nobody knows,
 * and phones use what they were told for as long as it is valid.
 *
 * @param sinceMillis since when there was no such wait
 * @param lastMillis end of the latest five minutes with a question
 * @param earlierSinceMillis the unbroken stretch before this one: its beginning; {@link #NEVER} when there is none
 * @param earlierLastMillis and its end
 * @param rhythm how long the site usually lets one wait
 */
public record FeedWatch(
        long sinceMillis, long lastMillis, long earlierSinceMillis, long earlierLastMillis, Rhythm rhythm) {
    /** Of a stretch that was not. */
    static final long NEVER = Long.MIN_VALUE;

    /** However busy a site is, shorter waits say nothing. */
    private static final long LEAST_WAIT_MILLIS = 3 * Rollup.WINDOW_MILLIS;

    private static final double MEANS = 3;
    private static final double MILLIS_PER_MINUTE = 60_000;

    /** The first question of a site. */
    static FeedWatch begun(long millis) {
        return new FeedWatch(millis, millis, NEVER, NEVER, Rhythm.UNKNOWN);
    }

    /** With a later question; questions of times that were seen already change nothing. */
    FeedWatch asked(long millis) {
        if (millis <= lastMillis) {
            return this;
        }
        Rhythm learned = rhythm.after(lastMillis, millis);
        return millis - lastMillis > longestWaitMillis()
                ? new FeedWatch(millis, millis, sinceMillis, lastMillis, learned)
                : new FeedWatch(sinceMillis, millis, earlierSinceMillis, earlierLastMillis, learned);
    }

    /** A wait that is longer breaks the log; 15 to 30 minutes, by the site's habit. */
    long longestWaitMillis() {
        double usual = Math.max(MEANS * rhythm.meanMinutes() * MILLIS_PER_MINUTE, rhythm.usualLongestMillis());
        return Math.min(Rhythm.FLOOR_MILLIS, Math.max(LEAST_WAIT_MILLIS, (long) usual));
    }

    /**
     * Whether no name of a time can be missing: questions were logged without a break from a time on, and again after
     * another.
     */
    boolean isUnbroken(long from, long after) {
        return (sinceMillis <= from && lastMillis > after)
                || (earlierSinceMillis != NEVER && earlierSinceMillis <= from && earlierLastMillis > after);
    }
}
