package observatory.ingest.simulate.behaviour;

import observatory.ingest.simulate.fleet.Site;
import observatory.ingest.simulate.traffic.Connection;
import observatory.ingest.simulate.traffic.Side;
import observatory.ingest.simulate.traffic.Transport;

/** The few things a phone does on its own LAN: tells the log server, greets the paging gateway, pings the router. */
final class LocalHabits implements Behaviour {
    private static final long EVERY = 90 * Handset.MINUTE;

    private int turn;

    @Override
    public long first(Handset handset, long boot) {
        return boot + handset.between(40, 46) * Handset.SECOND;
    }

    @Override
    public long act(Handset handset, long now) {
        Site site = handset.phone().site();
        switch (turn++ % 3) {
            case 0 -> {
                long lines = handset.between(2, 12);
                Side sent = Side.datagrams(lines, lines * handset.between(90, 160));
                handset.carry(
                        "log",
                        null,
                        handset.udp(
                                now,
                                lines * 300 * Handset.MILLI,
                                handset.nextPort(),
                                site.logServer(),
                                514,
                                sent,
                                Side.SILENT));
            }
            case 1 -> {
                Side greeting = Side.datagrams(1, handset.between(380, 420));
                Side answer = Side.datagrams(1, handset.between(360, 400));
                handset.carry(
                        "paging",
                        null,
                        handset.udp(now, 2 * Handset.MILLI, 5060, site.pagingGateway(), 5060, greeting, answer));
            }
            default -> handset.carry("ping", null, ping(handset, now, site.gateway()));
        }
        return now + EVERY + handset.between(0, EVERY / 5);
    }

    private static Connection ping(Handset handset, long now, String gateway) {
        Side echoes = Side.datagrams(3, 3 * 56);
        return new Connection(
                handset.uid(),
                now,
                2 * Handset.SECOND,
                handset.phone().addressAt(now),
                8,
                gateway,
                0,
                Transport.ICMP,
                null,
                "OTH",
                "",
                echoes,
                echoes,
                Handset.IDLE_UDP);
    }
}
