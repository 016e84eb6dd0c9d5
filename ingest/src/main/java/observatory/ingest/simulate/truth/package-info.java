/** What really happened, kept beside the logs so that a test can check every answer. */
@NullMarked
package observatory.ingest.simulate.truth;

import org.jspecify.annotations.NullMarked;
