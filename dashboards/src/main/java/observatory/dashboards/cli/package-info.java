/** The command line: one small class a command, one line on standard error for every failure. */
@NullMarked
package observatory.dashboards.cli;

import org.jspecify.annotations.NullMarked;
