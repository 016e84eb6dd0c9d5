/** A chat made by hand, and what alerts have to keep to with it. */
@NullMarked
package observatory.dashboards.alert;

import org.jspecify.annotations.NullMarked;
