/** Fetching newer data: MaxMind's databases, the ranges of cloud providers, the pinned packages. The one package that asks the network. */
@NullMarked
package observatory.geo.update;

import org.jspecify.annotations.NullMarked;
