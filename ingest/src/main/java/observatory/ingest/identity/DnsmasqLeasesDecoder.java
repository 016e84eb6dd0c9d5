package observatory.ingest.identity;

import observatory.geo.address.IpAddress;
import observatory.ingest.decode.Format;
import observatory.ingest.decode.Rejection.Reason;
import observatory.ingest.observation.FlowObservation;
import observatory.ingest.observation.MacAddress;
import observatory.ingest.text.Slice;

/**
 * Decodes the lease file of dnsmasq:
 *
 * <pre>
 * 1714750000 00:15:65:aa:bb:cc 10.20.0.7 t54w 01:00:15:65:aa:bb:cc
 * expires    MAC               address   name client id, * where unknown
 * </pre>
 *
 * <p>The file holds when a lease ends, not when it began: what it says is true of the time it was written, and the lease
 * runs from there to its end. An end of 0 is a lease without end. After the line {@code duid} come the leases of IPv6, whose
 * second field is no MAC.
 */
public final class DnsmasqLeasesDecoder extends IdentityDecoder {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    public DnsmasqLeasesDecoder() {
        super(Format.DNSMASQ_LEASES);
    }

    @Override
    void line(Reading reading) {
        String[] fields = reading.text().split(" +", 6);
        if (fields[0].equals("duid")) {
            unused(reading, "duid");
            return;
        }
        if (fields.length < 4) {
            reading.outcomes().reject(Reason.MALFORMED, "expected EXPIRES MAC ADDRESS NAME CLIENT-ID");
            return;
        }
        long expires = Slice.of(fields[0]).count();
        IpAddress address = IpAddress.parse(fields[2]);
        if (expires < 0 || address == null) {
            rejectValue(
                    reading,
                    expires < 0 ? "expires" : "address",
                    expires < 0 ? fields[0] : fields[2],
                    expires < 0 ? "seconds since 1970" : "an IP address");
            return;
        }
        // Of other hardware than Ethernet the type stands before: 06-00:15:65:aa:bb:cc.
        String hardware = fields[1].indexOf('-') == 2 ? fields[1].substring(3) : fields[1];
        Long time = fileTime(reading);
        if (time != null) {
            long left = expires - time / NANOS_PER_SECOND;
            observe(
                    reading,
                    time,
                    address,
                    MacAddress.ecs(hardware),
                    fields[3],
                    null,
                    expires == 0 ? FlowObservation.ABSENT : Math.max(0, left));
        }
    }
}
