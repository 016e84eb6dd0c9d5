package observatory.ingest.simulate.behaviour;

import observatory.ingest.simulate.traffic.Connection;
import observatory.ingest.simulate.traffic.Side;

/** SIP over UDP: registers every few minutes and keeps the path open meanwhile, so one connection lasts hours. */
final class DatagramRegistration implements Behaviour {
    private static final long SIGN_OF_LIFE = 25 * Handset.SECOND;
    private static final long REGISTER = 5 * Handset.MINUTE;

    private final String name;
    private final int port;

    DatagramRegistration(String name, int port) {
        this.name = name;
        this.port = port;
    }

    @Override
    public long first(Handset handset, long boot) {
        return boot + handset.between(14, 17) * Handset.SECOND;
    }

    @Override
    public long act(Handset handset, long now) {
        long left = handset.until(now) - now;
        if (left < Handset.MINUTE) {
            return now + Handset.MINUTE;
        }
        handset.askForService("_sip._udp." + name, name, now);
        Handset.Resolved server = handset.resolve(name, now + 80 * Handset.MILLI);
        long lasts = Math.min(handset.between(Handset.HOUR, 5 * Handset.HOUR), left);
        long signs = lasts / SIGN_OF_LIFE;
        long registers = 1 + lasts / REGISTER;
        Side sent = Side.datagrams(signs + 2 * registers, signs * 4 + registers * 1_420);
        Side received = Side.datagrams(2 * registers, registers * 1_050);
        Connection plain =
                handset.udp(server.ready(), lasts, handset.nextPort(), server.address(), port, sent, received);
        // Zeek recognises SIP over UDP.
        handset.carry("registration", name, plain.knownAs("sip"));
        return plain.end() + handset.between(2, 10) * Handset.SECOND;
    }
}
