/** Who is simulated: sites, phones, firmware, boots and the planted events. */
@NullMarked
package observatory.ingest.simulate.fleet;

import org.jspecify.annotations.NullMarked;
