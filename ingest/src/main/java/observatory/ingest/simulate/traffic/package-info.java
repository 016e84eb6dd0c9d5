/** What crosses the wire of a simulated site, before any sensor has written it down. */
@NullMarked
package observatory.ingest.simulate.traffic;

import org.jspecify.annotations.NullMarked;
