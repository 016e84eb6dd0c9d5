/** Tests of the whole house: what no module can see alone. */
@NullMarked
package observatory.docker;

import org.jspecify.annotations.NullMarked;
