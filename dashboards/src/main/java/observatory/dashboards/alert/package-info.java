/** Findings as calm messages to a chat, each sent once, each attempt on record. */
@NullMarked
package observatory.dashboards.alert;

import org.jspecify.annotations.NullMarked;
