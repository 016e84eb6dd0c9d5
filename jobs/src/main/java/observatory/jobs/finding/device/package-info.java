/** What a device does by itself, flow by flow: probes, foreign resolvers, answers to strangers, and what other rules need. */
@NullMarked
package observatory.jobs.finding.device;

import org.jspecify.annotations.NullMarked;
