/** What was observed, in one vocabulary for all formats. */
@NullMarked
package observatory.ingest.observation;

import org.jspecify.annotations.NullMarked;
