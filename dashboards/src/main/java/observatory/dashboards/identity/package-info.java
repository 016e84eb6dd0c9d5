/** Who devices are: told with a record of it, and erased for good. */
@NullMarked
package observatory.dashboards.identity;

import org.jspecify.annotations.NullMarked;
