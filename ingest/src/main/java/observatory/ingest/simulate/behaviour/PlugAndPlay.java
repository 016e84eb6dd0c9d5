package observatory.ingest.simulate.behaviour;

import observatory.ingest.simulate.traffic.Side;

/** SIP PnP: a booting Yealink phone asks the multicast group 224.0.1.75 for a provisioning address; nobody answers. */
final class PlugAndPlay implements Behaviour {
    @Override
    public long first(Handset handset, long boot) {
        return boot + 2 * Handset.SECOND;
    }

    @Override
    public long act(Handset handset, long now) {
        Side asked = Side.datagrams(3, 3 * handset.between(560, 600));
        handset.carry(
                "plug-and-play",
                null,
                handset.udp(now, 4 * Handset.SECOND, 5059, "224.0.1.75", 5060, asked, Side.SILENT));
        return NEVER;
    }
}
