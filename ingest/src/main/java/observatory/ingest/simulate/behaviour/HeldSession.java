package observatory.ingest.simulate.behaviour;

/** A TLS session held open for hours with a sign of life every half minute: SIP registration, push, MQTT. */
final class HeldSession implements Behaviour {
    private static final long SIGN_OF_LIFE = 30 * Handset.SECOND;

    private final String purpose;
    private final String name;
    private final int port;
    private final long afterBoot;
    private final long bytesPerSign;

    HeldSession(String purpose, String name, int port, long afterBoot, long bytesPerSign) {
        this.purpose = purpose;
        this.name = name;
        this.port = port;
        this.afterBoot = afterBoot;
        this.bytesPerSign = bytesPerSign;
    }

    @Override
    public long first(Handset handset, long boot) {
        return boot + afterBoot + handset.between(0, 2 * Handset.SECOND);
    }

    @Override
    public long act(Handset handset, long now) {
        long left = handset.until(now) - now;
        if (left < Handset.MINUTE) {
            return now + Handset.MINUTE;
        }
        Handset.Resolved server = handset.resolve(name, now);
        long wanted = handset.between(2 * Handset.HOUR, 10 * Handset.HOUR);
        long lasts = Math.min(wanted, left);
        long rounds = lasts / SIGN_OF_LIFE;
        String state = wanted > left ? "S1" : handset.chance(0.8) ? "SF" : "RSTR";
        Exchange exchange = new Exchange(
                purpose, name, port, 1_800 + rounds * bytesPerSign, 2_600 + rounds * bytesPerSign * 4 / 5, lasts);
        long end = handset.tls(exchange, server, lasts, rounds, state).end();
        return end + handset.between(2, 20) * Handset.SECOND;
    }
}
