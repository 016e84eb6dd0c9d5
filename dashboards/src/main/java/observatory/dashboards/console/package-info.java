/** The web console: one server, one page, answers as JSON. */
@NullMarked
package observatory.dashboards.console;

import org.jspecify.annotations.NullMarked;
