/** Contact that breaks the site's policy. */
@NullMarked
package observatory.jobs.finding.residency;

import org.jspecify.annotations.NullMarked;
