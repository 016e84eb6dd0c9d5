/** What the ledger says of sensors and exporters themselves: silence, losses, missing DNS. */
@NullMarked
package observatory.jobs.finding.sensor;

import org.jspecify.annotations.NullMarked;
