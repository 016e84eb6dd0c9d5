/** DNS messages as they go over the wire (RFC 1035), read within bounds. */
@NullMarked
package observatory.ingest.dnswire;

import org.jspecify.annotations.NullMarked;
