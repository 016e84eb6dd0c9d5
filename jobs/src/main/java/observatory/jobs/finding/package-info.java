/** What an analyst should look at: new endpoints, foreign resolvers, probes, silence. */
@NullMarked
package observatory.jobs.finding;

import org.jspecify.annotations.NullMarked;
