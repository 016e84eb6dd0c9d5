/** What people make of findings: decisions on single ones, and suppressions, also of those that are stored. */
@NullMarked
package observatory.dashboards.finding;

import org.jspecify.annotations.NullMarked;
