/** What is planted in an evaluation: one small class per behaviour, and the plan that chooses among them by the seed. */
@NullMarked
package observatory.ingest.simulate.plant;

import org.jspecify.annotations.NullMarked;
