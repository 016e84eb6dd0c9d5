/**
 * Decoders of the logs that DNS servers write as text. A question without its answers is an observation too: it counts
 * for coverage and never invents an address.
 */
@NullMarked
package observatory.ingest.dnslog;

import org.jspecify.annotations.NullMarked;
