/** Tests. */
@NullMarked
package observatory.dashboards.panel;

import org.jspecify.annotations.NullMarked;
