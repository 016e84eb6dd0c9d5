/** Every question that a person can see answered, asked once, as data from which console and Kibana each draw. */
@NullMarked
package observatory.dashboards.panel;

import org.jspecify.annotations.NullMarked;
