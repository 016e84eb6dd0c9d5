/** What few of many alike devices do. */
@NullMarked
package observatory.jobs.finding.cohort;

import org.jspecify.annotations.NullMarked;
