/** dnstap: DNS messages with their ends and times, as protobuf in Frame Streams, from files and sockets. */
@NullMarked
package observatory.ingest.dnstap;

import org.jspecify.annotations.NullMarked;
