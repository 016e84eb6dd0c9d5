/** Domain names: normalised, their registrable domain, and lookups by suffix. */
@NullMarked
package observatory.geo.name;

import org.jspecify.annotations.NullMarked;
