/** Who is behind an address: network, cloud provider, service, operator, device maker. */
@NullMarked
package observatory.geo.party;

import org.jspecify.annotations.NullMarked;
