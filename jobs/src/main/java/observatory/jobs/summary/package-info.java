/** The totals of a finite run, counted in state, so that a restart does not lose them. */
@NullMarked
package observatory.jobs.summary;

import org.jspecify.annotations.NullMarked;
