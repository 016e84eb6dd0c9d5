/** Tests. */
@NullMarked
package observatory.dashboards.search;

import org.jspecify.annotations.NullMarked;
