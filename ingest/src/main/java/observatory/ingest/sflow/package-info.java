/** sFlow version 5: sampled packets and what their headers tell. */
@NullMarked
package observatory.ingest.sflow;

import org.jspecify.annotations.NullMarked;
