/** The report from data that was added up by other means. */
@NullMarked
package observatory.dashboards.report;

import org.jspecify.annotations.NullMarked;
