/** Attributed flows summed up per device, endpoint, service, place and five minutes. */
@NullMarked
package observatory.jobs.rollup;

import org.jspecify.annotations.NullMarked;
