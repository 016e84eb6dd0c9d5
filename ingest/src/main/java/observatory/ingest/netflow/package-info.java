/**
 * NetFlow v5, v9 and IPFIX: what is remembered about an exporter, and how its datagrams become flows.
 *
 * <p>{@link observatory.ingest.netflow.ExporterSession} is the only state; all else are rules on bytes. What an information
 * element means to us is data: {@code information-elements.csv}.
 */
@NullMarked
package observatory.ingest.netflow;

import org.jspecify.annotations.NullMarked;
