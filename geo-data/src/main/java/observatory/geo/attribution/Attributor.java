package observatory.geo.attribution;

import observatory.geo.address.IpAddress;

/** From an address and what it was called to all that is known of it. Pure: same input and snapshot, same answer. */
public interface Attributor {
    /**
     * Attributes one destination, with its evidence.
     *
     * @param address where the packets went
     * @param name what it was called; {@link DestinationName#NONE} when unknown
     * @param port destination port, which separates services on one host; 0 when unknown
     * @param protocol IANA protocol number
     */
    Attribution attribute(IpAddress address, DestinationName name, int port, int protocol);

    /**
     * The same without its evidence, whose sentences take most of the time and are asked for by people only: for every
     * flow. Attributing again with the same data gives the evidence.
     */
    Attribution answer(IpAddress address, DestinationName name, int port, int protocol);

    /** Digest of the data behind the answers. */
    String snapshot();
}
