/** Management and registration that everybody on the way can read. */
@NullMarked
package observatory.jobs.finding.cleartext;

import org.jspecify.annotations.NullMarked;
