package observatory.jobs.guess;

import java.util.List;
import observatory.geo.address.IpAddress;
import observatory.ingest.observation.DnsObservation;
import observatory.ingest.observation.DnsObservation.Answer;
import observatory.ingest.observation.ExportDetail;
import observatory.ingest.observation.FlowObservation;
import observatory.ingest.observation.TlsObservation;
import observatory.jobs.attribute.DeviceEvent;
import observatory.jobs.attribute.PhoneNetworks.Side;
import org.jspecify.annotations.NullUnmarked;

/** What devices do, with values in sight; times are milliseconds after {@link #T}. */
@NullUnmarked
final class Events {
    /** Noon of some day, milliseconds since 1970. */
    static final long T = 1_700_049_600_000L;

    static final String SITE = "zurich";
    private static final long HOLD = 5_000;
    private static final long NANOS = 1_000_000;

    private Events() {}

    static DeviceEvent asked(String device, String name, String address, long atMillis, long ttlSeconds) {
        return event(device, null, null, dns(IpAddress.of(device), name, address, atMillis, ttlSeconds), 0);
    }

    /** An answer by way of another name. */
    static DeviceEvent asked(String device, String name, String alias, String address, long atMillis) {
        DnsObservation plain = dns(IpAddress.of(device), name, address, atMillis, 20);
        List<Answer> chain =
                List.of(new Answer(alias, "CNAME", 300), plain.answers().getFirst());
        DnsObservation dns = new DnsObservation(
                plain.sensor(),
                plain.site(),
                plain.observerType(),
                plain.sensorId(),
                plain.timeNanos(),
                plain.client(),
                plain.clientPort(),
                plain.resolver(),
                plain.resolverPort(),
                plain.protocol(),
                plain.question(),
                plain.questionType(),
                plain.responseCode(),
                true,
                chain);
        return event(device, null, null, dns, 0);
    }

    /** An answer of which the resolver does not say who asked. */
    static DnsObservation asked(String name, String address, long atMillis, long ttlSeconds) {
        return dns(null, name, address, atMillis, ttlSeconds);
    }

    static DeviceEvent announced(String device, String name, String peer, int port, long atMillis) {
        TlsObservation tls = new TlsObservation(
                "north",
                SITE,
                "zeek",
                "",
                (T + atMillis) * NANOS,
                IpAddress.of(device),
                port,
                IpAddress.of(peer),
                443,
                name,
                "TLSv12",
                true);
        return event(device, null, tls, null, 0);
    }

    static DeviceEvent flow(String device, String peer, int port, long fromMillis, long toMillis) {
        return event(device, flow("north", device, peer, port, fromMillis, toMillis, 500, 900, null), null, null, HOLD);
    }

    /** What somebody who calls a device announces: whom he says he wants to reach. */
    static DeviceEvent announcedTo(String device, String name, String caller, int port, long atMillis) {
        TlsObservation tls = announced(caller, name, device, port, atMillis).tls();
        return event(device, null, tls, null, 0);
    }

    /** A flow that somebody else began. */
    static DeviceEvent calledBy(String device, String caller, int port, long fromMillis, long toMillis) {
        FlowObservation flow = flow("north", caller, device, port, fromMillis, toMillis, 900, 500, null);
        return new DeviceEvent(SITE, device, Side.DESTINATION, flow, null, null, null, HOLD, 0);
    }

    /** One direction of a flow, as an exporter counts it. */
    static DeviceEvent half(String device, String peer, int port, long fromMillis, long toMillis, boolean isForward) {
        ExportDetail export = new ExportDetail(0, 0, false, -1, -1, -1, null, -1, null, true, true, false);
        FlowObservation half = flow(
                "south",
                device,
                peer,
                port,
                fromMillis,
                toMillis,
                isForward ? 500 : FlowObservation.ABSENT,
                isForward ? FlowObservation.ABSENT : 900,
                export);
        return event(device, half, null, null, HOLD);
    }

    private static FlowObservation flow(
            String sensor,
            String device,
            String peer,
            int port,
            long fromMillis,
            long toMillis,
            long bytesOut,
            long bytesIn,
            ExportDetail export) {
        return new FlowObservation(
                sensor,
                SITE,
                "zeek",
                "",
                (T + fromMillis) * NANOS,
                (T + toMillis) * NANOS,
                IpAddress.of(device),
                port,
                IpAddress.of(peer),
                443,
                6,
                bytesOut,
                bytesIn,
                bytesOut < 0 ? bytesOut : 5,
                bytesIn < 0 ? bytesIn : 6,
                null,
                null,
                null,
                null,
                export);
    }

    private static DnsObservation dns(IpAddress client, String name, String address, long atMillis, long ttlSeconds) {
        return new DnsObservation(
                "north",
                SITE,
                "zeek",
                "",
                (T + atMillis) * NANOS,
                client,
                5_000,
                IpAddress.of("10.0.0.53"),
                53,
                17,
                name,
                "A",
                "NOERROR",
                true,
                List.of(new Answer(address, "A", ttlSeconds)));
    }

    private static DeviceEvent event(
            String device, FlowObservation flow, TlsObservation tls, DnsObservation dns, long hold) {
        return new DeviceEvent(SITE, device, Side.SOURCE, flow, tls, dns, null, hold, 0);
    }
}
