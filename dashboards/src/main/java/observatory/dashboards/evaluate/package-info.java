/** How well the detections do: simulated fleets through the whole job, and what is found held against the truth. */
@NullMarked
package observatory.dashboards.evaluate;

import org.jspecify.annotations.NullMarked;
