/** What is new to a device, its cohort, its site or the fleet: endpoints, clouds, countries, operators. */
@NullMarked
package observatory.jobs.finding.novelty;

import org.jspecify.annotations.NullMarked;
