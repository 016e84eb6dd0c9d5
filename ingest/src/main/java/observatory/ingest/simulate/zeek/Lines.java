package observatory.ingest.simulate.zeek;

import java.util.ArrayList;
import java.util.List;
import observatory.ingest.simulate.traffic.Connection;
import observatory.ingest.simulate.traffic.Conversation;
import observatory.ingest.simulate.traffic.Handshake;
import observatory.ingest.simulate.traffic.Lease;
import observatory.ingest.simulate.traffic.Lookup;
import org.jspecify.annotations.Nullable;

/** Which lines a sensor writes about a conversation, and when. */
final class Lines {
    /** Zeek waits for more messages of one DHCP exchange. */
    private static final long DHCP_PATIENCE = 10_000_000;

    private static final long SECOND = 1_000_000;

    private Lines() {}

    static List<Line> about(Conversation conversation, String server) {
        List<Line> lines = new ArrayList<>(2);
        Connection connection = conversation.connection();
        lines.add(conn(connection));
        Lookup lookup = conversation.lookup();
        if (lookup != null) {
            lines.add(dns(connection, lookup));
        }
        Handshake handshake = conversation.handshake();
        if (handshake != null) {
            lines.add(ssl(connection, handshake));
        }
        Lease lease = conversation.lease();
        if (lease != null) {
            lines.add(dhcp(connection, lease, server));
        }
        return lines;
    }

    private static Line conn(Connection c) {
        return Line.of(
                c.writtenAt(),
                c.end(),
                LogKind.CONN,
                c.start(),
                c.uid(),
                c.origin(),
                (long) c.originPort(),
                c.responder(),
                (long) c.responderPort(),
                c.transport().label(),
                c.service(),
                known(c.duration()),
                known(c.sent().bytes()),
                known(c.received().bytes()),
                c.state(),
                isLocal(c.origin()),
                isLocal(c.responder()),
                0L,
                c.history().isEmpty() ? null : c.history(),
                c.sent().packets(),
                c.sent().ipBytes(),
                c.received().packets(),
                c.received().ipBytes(),
                null);
    }

    private static Line dns(Connection c, Lookup lookup) {
        List<Long> lifetimes =
                lookup.lifetimes().stream().map(seconds -> seconds * SECOND).toList();
        boolean answered = !lookup.answers().isEmpty();
        return Line.of(
                c.start() + lookup.roundTrip(),
                c.start(),
                LogKind.DNS,
                c.start(),
                c.uid(),
                c.origin(),
                (long) c.originPort(),
                c.responder(),
                (long) c.responderPort(),
                c.transport().label(),
                (long) lookup.transaction(),
                lookup.roundTrip(),
                lookup.question(),
                1L,
                "C_INTERNET",
                (long) lookup.type().number(),
                lookup.type().name(),
                0L,
                "NOERROR",
                false,
                false,
                true,
                true,
                0L,
                answered ? lookup.answers() : null,
                answered ? lifetimes : null,
                false);
    }

    private static Line ssl(Connection c, Handshake handshake) {
        boolean modern = handshake.version().equals("TLSv13");
        return Line.of(
                handshake.at() + handshake.took(),
                handshake.at(),
                LogKind.SSL,
                handshake.at(),
                c.uid(),
                c.origin(),
                (long) c.originPort(),
                c.responder(),
                (long) c.responderPort(),
                handshake.version(),
                modern ? "TLS_AES_128_GCM_SHA256" : "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
                "x25519",
                handshake.serverName(),
                handshake.resumed(),
                null,
                null,
                true,
                handshake.resumed() ? "CsiI" : "CsxknGIti");
    }

    private static Line dhcp(Connection c, Lease lease, String server) {
        return Line.of(
                c.end() + DHCP_PATIENCE,
                c.start(),
                LogKind.DHCP,
                c.start(),
                List.of(c.uid()),
                lease.address(),
                server,
                lease.mac(),
                lease.hostName(),
                null,
                lease.domain(),
                lease.address(),
                lease.address(),
                lease.seconds() * SECOND,
                null,
                null,
                List.of("REQUEST", "ACK"),
                known(c.duration()),
                lease.vendorClass());
    }

    private static @Nullable Long known(long value) {
        return value == Connection.UNSET ? null : value;
    }

    /** Zeek's default local networks; all simulated sites are in 10.0.0.0/8. */
    static boolean isLocal(String address) {
        return address.startsWith("10.");
    }
}
