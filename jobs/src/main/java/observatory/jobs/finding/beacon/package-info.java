/** Periodic contact: when it began, and when it changed. */
@NullMarked
package observatory.jobs.finding.beacon;

import org.jspecify.annotations.NullMarked;
