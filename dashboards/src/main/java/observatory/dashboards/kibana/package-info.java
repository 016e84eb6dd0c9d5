/** Panels as Kibana saved objects: one file that a Kibana 8.19 or newer imports. */
@NullMarked
package observatory.dashboards.kibana;

import org.jspecify.annotations.NullMarked;
