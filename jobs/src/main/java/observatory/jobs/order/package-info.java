/** Event-time order: operators that hand events to their rule in order, and combine before a shuffle. */
@NullMarked
package observatory.jobs.order;

import org.jspecify.annotations.NullMarked;
