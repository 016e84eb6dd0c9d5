/** The sink under fault injection, on a mini cluster. */
@NullMarked
package observatory.jobs.sink;

import org.jspecify.annotations.NullMarked;
