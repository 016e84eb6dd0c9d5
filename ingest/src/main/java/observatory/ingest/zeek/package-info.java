/** Decoders of Zeek logs, tab-separated and JSON; both fill one {@code ZeekRecord}, which becomes an observation. */
@NullMarked
package observatory.ingest.zeek;

import org.jspecify.annotations.NullMarked;
