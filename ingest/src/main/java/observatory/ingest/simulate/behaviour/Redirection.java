package observatory.ingest.simulate.behaviour;

/** The maker's redirection service (RPS, ZTP, GAPS, ...): asked once, by a phone with factory settings. */
final class Redirection implements Behaviour {
    private final String name;

    Redirection(String name) {
        this.name = name;
    }

    @Override
    public long first(Handset handset, long boot) {
        boolean factory = boot == handset.phone().boots().getFirst();
        return factory ? boot + handset.between(7, 9) * Handset.SECOND : NEVER;
    }

    @Override
    public long act(Handset handset, long now) {
        handset.tls(
                new Exchange(
                        "redirection",
                        name,
                        443,
                        handset.between(400, 700),
                        handset.between(900, 2_400),
                        handset.between(200, 900) * Handset.MILLI),
                now);
        return NEVER;
    }
}
