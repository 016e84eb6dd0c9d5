package observatory.ingest.simulate.behaviour;

import observatory.ingest.simulate.fleet.Plants;

/** The planted new endpoint: what the updated firmware does and the old one never did. */
final class Collection implements Behaviour {
    @Override
    public long first(Handset handset, long boot) {
        boolean updated =
                handset.phone().firmwareAt(boot).equals(handset.phone().model().nextFirmware());
        return updated ? boot + handset.between(180, 400) * Handset.SECOND : NEVER;
    }

    @Override
    public long act(Handset handset, long now) {
        handset.tls(
                new Exchange(
                        "collection",
                        Plants.COLLECTOR,
                        443,
                        handset.between(6_000, 48_000),
                        handset.between(300, 900),
                        handset.between(150, 900) * Handset.MILLI),
                now);
        return now + handset.between(3 * Handset.HOUR, 5 * Handset.HOUR);
    }
}
