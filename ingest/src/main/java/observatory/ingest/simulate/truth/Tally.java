package observatory.ingest.simulate.truth;

import observatory.ingest.simulate.traffic.Connection;
import observatory.ingest.simulate.traffic.Conversation;

/** Sums over conversations. Bytes are IP bytes; out is what devices sent. Mutable, for one thread. */
final class Tally {
    private long flows;
    private long dns;
    private long tls;
    private long leases;
    private long bytesOut;
    private long bytesIn;
    private long packetsOut;
    private long packetsIn;

    void add(Conversation conversation) {
        Connection connection = conversation.connection();
        boolean spokeFirst = isDevice(connection.origin());
        flows++;
        dns += conversation.lookup() == null ? 0 : 1;
        tls += conversation.handshake() == null ? 0 : 1;
        leases += conversation.lease() == null ? 0 : 1;
        bytesOut += (spokeFirst ? connection.sent() : connection.received()).ipBytes();
        bytesIn += (spokeFirst ? connection.received() : connection.sent()).ipBytes();
        packetsOut += (spokeFirst ? connection.sent() : connection.received()).packets();
        packetsIn += (spokeFirst ? connection.received() : connection.sent()).packets();
    }

    /** Phones are in private networks; only they and their servers are. */
    static boolean isDevice(String address) {
        return address.startsWith("10.");
    }

    /** The sums as they are now. */
    Totals totals() {
        return new Totals(flows, dns, tls, leases, new Ways(bytesOut, bytesIn), new Ways(packetsOut, packetsIn));
    }

    /**
     * Sums.
     *
     * @param flows lines of conn.log
     * @param dns lines of dns.log
     * @param tls lines of ssl.log
     * @param dhcp lines of dhcp.log
     * @param bytes IP bytes
     * @param packets packets
     */
    public record Totals(long flows, long dns, long tls, long dhcp, Ways bytes, Ways packets) {}

    /**
     * A figure in both directions.
     *
     * @param out from device to destination
     * @param in from destination to device
     */
    public record Ways(long out, long in) {}
}
