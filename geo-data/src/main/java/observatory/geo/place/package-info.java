/** Where an address answers: votes of country databases, cloud regions, and how sure we are. */
@NullMarked
package observatory.geo.place;

import org.jspecify.annotations.NullMarked;
