/** The embedded services of one machine: started in order, stopped in the reverse order, whatever ends the process. */
@NullMarked
package observatory.dashboards.local;

import org.jspecify.annotations.NullMarked;
