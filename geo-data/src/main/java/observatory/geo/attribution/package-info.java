/** From an address and the names it was known by to an attribution with evidence for every part. */
@NullMarked
package observatory.geo.attribution;

import org.jspecify.annotations.NullMarked;
