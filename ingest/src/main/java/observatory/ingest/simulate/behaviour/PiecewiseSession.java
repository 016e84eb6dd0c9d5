package observatory.ingest.simulate.behaviour;

import observatory.ingest.simulate.traffic.Connection;
import observatory.ingest.simulate.traffic.Side;
import observatory.ingest.simulate.traffic.Transport;

/**
 * A TLS session held open for hours that is silent for longer than Zeek's five minutes of patience, as YMCS does: Zeek
 * logs every sign of life as a connection of its own, on the same ports, in state {@code OTH} and without a handshake.
 * Only the DNS answer, by then long over, tells its name.
 */
final class PiecewiseSession implements Behaviour {
    private final Exchange opening;
    private final long every;
    private String server = "";
    private int localPort;
    private long openUntil;

    /**
     * A session.
     *
     * @param opening what is said at its start
     * @param every microseconds between signs of life; more than five minutes
     */
    PiecewiseSession(Exchange opening, long every) {
        this.opening = opening;
        this.every = Math.max(every, Handset.IDLE_TCP + 40 * Handset.SECOND);
    }

    @Override
    public long first(Handset handset, long boot) {
        openUntil = 0;
        return boot + handset.between(22, 26) * Handset.SECOND;
    }

    @Override
    public long act(Handset handset, long now) {
        if (now >= openUntil) {
            open(handset, now);
        } else {
            giveSignOfLife(handset, now);
        }
        return now + every - every / 20 + handset.between(0, every / 10);
    }

    private void open(Handset handset, long now) {
        Handset.Resolved resolved = handset.resolve(opening.name(), now);
        Connection connection = handset.tls(opening, resolved, opening.took(), 4, "S1");
        server = resolved.address();
        localPort = connection.originPort();
        openUntil = now + handset.between(6 * Handset.HOUR, 20 * Handset.HOUR);
    }

    private void giveSignOfLife(Handset handset, long now) {
        Connection piece = new Connection(
                handset.uid(),
                now,
                handset.distance(server) + handset.between(1, 40) * Handset.MILLI,
                handset.phone().addressAt(now),
                localPort,
                server,
                opening.port(),
                Transport.TCP,
                null,
                "OTH",
                "DdA",
                Side.segments(2, handset.between(90, 130), false),
                Side.segments(1, handset.between(60, 90), false),
                Handset.IDLE_TCP);
        handset.carry(opening.purpose(), opening.name(), piece);
    }
}
