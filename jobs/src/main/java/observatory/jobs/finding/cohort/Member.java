package observatory.jobs.finding.cohort;

/**
 * A device of a cohort.
 *
 * @param site where it was last seen
 * @param lastMillis when it was last seen
 */
public record Member(String site, long lastMillis) {}
