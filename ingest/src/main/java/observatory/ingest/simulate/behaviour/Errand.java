package observatory.ingest.simulate.behaviour;

/** A short visit to one server at regular times: provisioning, heartbeat, firmware check, telemetry. */
final class Errand implements Behaviour {
    private final Exchange typical;
    private final long afterBoot;
    private final long every;
    private final boolean encrypted;

    /**
     * An errand over TLS.
     *
     * @param typical what is said; sizes and times vary by half around it
     * @param afterBoot microseconds from boot to the first visit
     * @param every microseconds between visits, give or take a tenth
     */
    Errand(Exchange typical, long afterBoot, long every) {
        this(typical, afterBoot, every, true);
    }

    /** An errand, over plain HTTP when not {@code encrypted}. */
    Errand(Exchange typical, long afterBoot, long every, boolean encrypted) {
        this.typical = typical;
        this.afterBoot = afterBoot;
        this.every = every;
        this.encrypted = encrypted;
    }

    @Override
    public long first(Handset handset, long boot) {
        return boot + afterBoot + handset.between(0, 3 * Handset.SECOND);
    }

    @Override
    public long act(Handset handset, long now) {
        Exchange exchange = new Exchange(
                typical.purpose(),
                typical.name(),
                typical.port(),
                around(handset, typical.up()),
                around(handset, typical.down()),
                around(handset, typical.took()));
        if (encrypted) {
            handset.tls(exchange, now);
        } else {
            handset.http(exchange, now);
        }
        return now + every - every / 10 + handset.between(0, every / 5);
    }

    private static long around(Handset handset, long typical) {
        return typical - typical / 4 + handset.between(0, typical / 2);
    }
}
