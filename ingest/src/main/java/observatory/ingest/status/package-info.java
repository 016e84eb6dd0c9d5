/** What a collector tells about itself: how much it took in, and what it had to let fall. */
@NullMarked
package observatory.ingest.status;

import org.jspecify.annotations.NullMarked;
