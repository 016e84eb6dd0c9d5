/** The simulated sensor: writes what it saw as Zeek would, in the order Zeek would. */
@NullMarked
package observatory.ingest.simulate.zeek;

import org.jspecify.annotations.NullMarked;
