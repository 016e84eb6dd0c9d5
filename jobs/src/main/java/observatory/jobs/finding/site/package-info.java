/** What is seen only by looking at all devices of a site: who fell silent, and what most of them do alike. */
@NullMarked
package observatory.jobs.finding.site;

import org.jspecify.annotations.NullMarked;
