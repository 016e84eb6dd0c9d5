/** Far more bytes leave than usual. */
@NullMarked
package observatory.jobs.finding.upload;

import org.jspecify.annotations.NullMarked;
