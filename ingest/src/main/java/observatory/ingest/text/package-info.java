/** Reads values out of bytes: slices, exact times, lines, and JSON objects one a line. Nothing here throws on input. */
@NullMarked
package observatory.ingest.text;

import org.jspecify.annotations.NullMarked;
