/** Packet captures: the UDP datagrams in pcap and pcapng files. */
@NullMarked
package observatory.ingest.pcap;

import org.jspecify.annotations.NullMarked;
