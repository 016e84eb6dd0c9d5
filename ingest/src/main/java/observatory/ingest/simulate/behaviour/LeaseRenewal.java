package observatory.ingest.simulate.behaviour;

import java.util.Locale;
import observatory.ingest.simulate.fleet.Phone;
import observatory.ingest.simulate.traffic.Connection;
import observatory.ingest.simulate.traffic.Lease;
import observatory.ingest.simulate.traffic.Side;

/** DHCP: the lease is confirmed at every boot and after half its time. Option 60 tells model and firmware. */
final class LeaseRenewal implements Behaviour {
    private static final long LEASE_SECONDS = 86_400;

    @Override
    public long first(Handset handset, long boot) {
        return boot;
    }

    @Override
    public long act(Handset handset, long now) {
        Phone phone = handset.phone();
        Connection connection = handset.udp(
                now,
                handset.between(600, 4 * Handset.MILLI),
                68,
                phone.site().dhcpServer(),
                67,
                Side.datagrams(1, handset.between(300, 340)),
                Side.datagrams(1, handset.between(300, 330)));
        Lease lease = new Lease(
                phone.mac().replace('-', ':').toLowerCase(Locale.ROOT),
                phone.hostName(),
                phone.vendorClassAt(now),
                phone.addressAt(now),
                LEASE_SECONDS,
                phone.site().domain());
        handset.carry(connection, lease);
        return now + LEASE_SECONDS / 2 * Handset.SECOND + handset.between(0, 30 * Handset.SECOND);
    }
}
