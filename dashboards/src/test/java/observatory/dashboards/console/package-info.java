/** Tests. */
@NullMarked
package observatory.dashboards.console;

import org.jspecify.annotations.NullMarked;
