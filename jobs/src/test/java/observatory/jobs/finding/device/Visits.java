package observatory.jobs.finding.device;

import observatory.geo.address.IpAddress;
import observatory.geo.attribution.NameState;
import observatory.geo.party.Service;
import observatory.ingest.observation.TransportProtocol;
import observatory.jobs.finding.Samples;

/** Flows with values in sight, for tests of rules. */
final class Visits {
    static final long MINUTE = 60_000;
    static final long HOUR = 60 * MINUTE;

    private Visits() {}

    static Visit internal(String peer, int port, long millis) {
        return new Visit(
                Samples.device("phone", 0),
                true,
                millis,
                millis + 10,
                IpAddress.of(peer),
                port,
                40_000,
                TransportProtocol.TCP,
                100,
                0,
                1,
                0,
                1,
                null,
                null,
                NameState.NONE,
                Samples.destination("local"));
    }

    static Visit udp(String peer, int port, long bytesOut, long bytesIn) {
        return new Visit(
                Samples.device("phone", 0),
                true,
                0,
                10,
                IpAddress.of(peer),
                port,
                12_000,
                TransportProtocol.UDP,
                bytesOut,
                bytesIn,
                10,
                10,
                1,
                null,
                null,
                NameState.NONE,
                Samples.destination("local"));
    }

    /** A TLS session of a phone with an endpoint, from a port of its own. */
    static Visit tls(String device, String endpoint, long millis, long bytesOut) {
        return new Visit(
                Samples.device(device, 0),
                true,
                millis,
                millis + 400,
                IpAddress.of("203.0.113.7"),
                443,
                40_000 + (int) (millis / 1_000 % 20_000),
                TransportProtocol.TCP,
                bytesOut,
                1_400,
                8,
                8,
                1,
                "ssl",
                "SF",
                NameState.FRESH,
                Samples.destination(endpoint));
    }

    /** DNS to a resolver; over HTTPS when the catalogue knows it. */
    static Visit dns(String device, String resolver, int port, long millis) {
        return dns(device, resolver, port, millis, Service.UNKNOWN);
    }

    static Visit dns(String device, String resolver, int port, long millis, Service service) {
        return new Visit(
                Samples.device(device, 0),
                true,
                millis,
                millis + 20,
                IpAddress.of(resolver),
                port,
                40_000,
                TransportProtocol.UDP,
                60,
                120,
                1,
                1,
                1,
                "dns",
                "SF",
                NameState.NONE,
                Samples.destination("dns.example", service));
    }

    /** Somebody calls a port of the phone, which answers with so many packets. */
    static Visit called(String device, String caller, int port, long millis, long packets) {
        return called(device, caller, 51_000, port, millis, packets);
    }

    static Visit called(String device, String caller, int fromPort, int port, long millis, long packets) {
        IpAddress peer = IpAddress.of(caller);
        return new Visit(
                Samples.device(device, 0),
                false,
                millis,
                millis + 500,
                peer,
                fromPort,
                port,
                TransportProtocol.TCP,
                packets * 60,
                600,
                packets,
                5,
                1,
                null,
                null,
                NameState.NONE,
                Samples.destination(peer.isPrivate() ? "local" : "AS680 141.5.0.0/16"));
    }
}
