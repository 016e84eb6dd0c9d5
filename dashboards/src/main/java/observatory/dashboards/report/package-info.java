/** The residency report: who received what, where that is, how sure it is, and from how much of the input. */
@NullMarked
package observatory.dashboards.report;

import org.jspecify.annotations.NullMarked;
