/** Bytes to facts: the one front door to all decoders. */
@NullMarked
package observatory.ingest;

import org.jspecify.annotations.NullMarked;
