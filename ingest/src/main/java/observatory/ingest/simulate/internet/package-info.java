/** The pretended internet: names, their CNAME chains, lifetimes and rotating addresses. */
@NullMarked
package observatory.ingest.simulate.internet;

import org.jspecify.annotations.NullMarked;
