/** The ledger: which input was read, and in which bin each record ended. */
@NullMarked
package observatory.jobs.coverage;

import org.jspecify.annotations.NullMarked;
