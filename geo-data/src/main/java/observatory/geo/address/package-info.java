/** Addresses as 128-bit values, prefixes and longest-prefix tables. */
@NullMarked
package observatory.geo.address;

import org.jspecify.annotations.NullMarked;
