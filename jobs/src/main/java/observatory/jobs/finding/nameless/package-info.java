/** Contact with destinations that nothing names, while names were being logged. */
@NullMarked
package observatory.jobs.finding.nameless;

import org.jspecify.annotations.NullMarked;
