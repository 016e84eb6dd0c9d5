/** Who may reach what: the site's policy, as pure rules over devices and destinations. */
@NullMarked
package observatory.jobs.finding.policy;

import org.jspecify.annotations.NullMarked;
