/** What the job remembers of each exporter, as Flink keyed state: templates, sequence numbers, waiting data. */
@NullMarked
package observatory.jobs.exporter;

import org.jspecify.annotations.NullMarked;
