package observatory.ingest.pcap;

import observatory.geo.address.IpAddress;

/**
 * One UDP datagram of a capture.
 *
 * @param nanos when it was captured, nanoseconds since 1970; 0 where the file does not say
 * @param offset position of the payload in the (uncompressed) file
 * @param source who sent it
 * @param sourcePort from which port
 * @param destination to whom
 * @param destinationPort to which port
 * @param payload the payload, as far as it was captured
 */
public record CapturedDatagram(
        long nanos,
        long offset,
        IpAddress source,
        int sourcePort,
        IpAddress destination,
        int destinationPort,
        byte[] payload) {}
