package observatory.ingest.simulate.behaviour;

import observatory.ingest.simulate.traffic.Side;

/**
 * NTP. Most phones resolve the name before each request; a sticky one keeps the address for a day, long past the
 * lifetime of the answer, as many NTP clients do.
 */
final class TimeSync implements Behaviour {
    private final String name;
    private final long every;
    private final boolean sticky;
    private String address = "";
    private long resolvedAt;

    TimeSync(String name, long every, boolean sticky) {
        this.name = name;
        this.every = every;
        this.sticky = sticky;
    }

    @Override
    public long first(Handset handset, long boot) {
        address = "";
        return boot + handset.between(3, 6) * Handset.SECOND;
    }

    @Override
    public long act(Handset handset, long now) {
        long start = now;
        if (!sticky || address.isEmpty() || now - resolvedAt > Handset.DAY - Handset.MINUTE) {
            Handset.Resolved server = handset.resolve(name, now);
            address = server.address();
            start = server.ready();
            resolvedAt = now;
        }
        Side packet = Side.datagrams(1, 48);
        handset.carry(
                "time",
                name,
                handset.udp(start, handset.distance(address), handset.nextPort(), address, 123, packet, packet));
        return now + every + handset.between(0, every / 20);
    }
}
