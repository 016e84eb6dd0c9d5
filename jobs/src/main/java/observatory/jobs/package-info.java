/** The Flink job: its graph on one screen, its configuration, and the runner that replays archives through it. */
@NullMarked
package observatory.jobs;

import org.jspecify.annotations.NullMarked;
