/** Logs of a simulated phone VLAN with known truth; everything it writes is marked as simulated. */
@NullMarked
package observatory.ingest.simulate;

import org.jspecify.annotations.NullMarked;
