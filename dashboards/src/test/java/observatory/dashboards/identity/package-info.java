/** What is left of a device that was erased: searched for everywhere. */
@NullMarked
package observatory.dashboards.identity;

import org.jspecify.annotations.NullMarked;
