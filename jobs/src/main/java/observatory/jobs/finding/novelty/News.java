package observatory.jobs.finding.novelty;

import observatory.jobs.finding.Finding;

/**
 * A finding that may still spread.
 *
 * @param finding as known so far
 * @param spreadMillis when a device last joined it
 * @param changed whether it changed since it was last told
 */
public record News(Finding finding, long spreadMillis, boolean changed) {}
