package observatory.ingest.simulate.traffic;

/**
 * What one side of a connection sent.
 *
 * @param bytes payload bytes; {@link Connection#UNSET} when a sensor could not tell
 * @param packets packets
 * @param ipBytes bytes from the IP header on
 */
public record Side(long bytes, long packets, long ipBytes) {
    /** A side that stayed silent. */
    public static final Side SILENT = new Side(0, 0, 0);

    /** Datagrams that carry {@code bytes} in all: 20 bytes of IPv4 and 8 of UDP or ICMP header each. */
    public static Side datagrams(long packets, long bytes) {
        return new Side(bytes, packets, bytes + 28 * packets);
    }

    /** Segments that carry {@code bytes} in all: 20 bytes of IPv4 and 20 of TCP header each, 20 of options in a SYN. */
    public static Side segments(long packets, long bytes, boolean syn) {
        return new Side(bytes, packets, bytes + 40 * packets + (syn ? 20 : 0));
    }
}
