/** Flows that their own device cannot name: guessed by what others of the site were told, and corrected when told late. */
@NullMarked
package observatory.jobs.guess;

import org.jspecify.annotations.NullMarked;
