package observatory.ingest.simulate.behaviour;

import observatory.ingest.simulate.fleet.Site;
import observatory.ingest.simulate.traffic.Connection;
import observatory.ingest.simulate.traffic.Side;
import observatory.ingest.simulate.traffic.Transport;

/** The planted probe: one phone tries four ports of ninety neighbours within six minutes. */
final class LanProbe implements Behaviour {
    private static final int[] PORTS = {22, 80, 443, 5060};
    private static final int HOSTS = 90;
    private static final int ANSWERING = 30;

    private final long at;

    LanProbe(long at) {
        this.at = at;
    }

    @Override
    public long first(Handset handset, long boot) {
        return boot < at ? at : NEVER;
    }

    @Override
    public long act(Handset handset, long now) {
        Site site = handset.phone().site();
        String self = handset.phone().addressAt(now);
        long time = now;
        for (int host = 0; host < HOSTS; host++) {
            String target = site.phoneAddress(host);
            if (!target.equals(self)) {
                for (int port : PORTS) {
                    handset.carry("probe", null, attempt(handset, time, target, port, host < ANSWERING));
                    time += handset.between(300, 1_200) * Handset.MILLI;
                }
            }
        }
        return NEVER;
    }

    /** Nobody there: one SYN. A phone there: refuses, or answers on its web ports and is hung up on. */
    private static Connection attempt(Handset handset, long time, String target, int port, boolean answers) {
        boolean open = answers && (port == 80 || port == 443);
        String state = open ? "RSTO" : answers ? "REJ" : "S0";
        String history = open ? "ShR" : answers ? "Sr" : "S";
        Side sent = open ? Side.segments(2, 0, true) : answers ? Side.segments(1, 0, true) : unanswered();
        Side received = answers ? Side.segments(1, 0, open) : new Side(Connection.UNSET, 0, 0);
        return new Connection(
                handset.uid(),
                time,
                answers ? handset.between(200, 900) : Connection.UNSET,
                handset.phone().addressAt(time),
                handset.nextPort(),
                target,
                port,
                Transport.TCP,
                null,
                state,
                history,
                sent,
                received,
                answers ? Handset.AFTER_RESET : Handset.AFTER_ATTEMPT);
    }

    private static Side unanswered() {
        Side syn = Side.segments(1, 0, true);
        return new Side(Connection.UNSET, syn.packets(), syn.ipBytes());
    }
}
