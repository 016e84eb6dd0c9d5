/** Where raw messages come from: archives merged by event time, or Kafka. */
@NullMarked
package observatory.jobs.source;

import org.jspecify.annotations.NullMarked;
