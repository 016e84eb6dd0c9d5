/** What is written: one document per fact, with an id that can be recomputed. */
@NullMarked
package observatory.jobs.document;

import org.jspecify.annotations.NullMarked;
