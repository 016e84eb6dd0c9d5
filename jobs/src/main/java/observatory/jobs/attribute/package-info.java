/** From observations to attributed flows: which side is the device, what it called the destination, what that is. */
@NullMarked
package observatory.jobs.attribute;

import org.jspecify.annotations.NullMarked;
