package observatory.ingest.identity;

import java.util.Arrays;
import java.util.List;
import observatory.geo.address.IpAddress;
import observatory.ingest.decode.Format;
import observatory.ingest.decode.RawMessage;
import observatory.ingest.decode.Rejection.Reason;
import observatory.ingest.observation.FlowObservation;
import observatory.ingest.observation.MacAddress;
import observatory.ingest.text.Slice;
import observatory.ingest.text.WallClock;

/**
 * Decodes the lease files of Kea (memfile, {@code kea-leases4.csv} and {@code kea-leases6.csv}):
 *
 * <pre>
 * address,hwaddr,client_id,valid_lifetime,expire,subnet_id,fqdn_fwd,fqdn_rev,hostname,state,user_context,pool_id
 * 10.20.0.7,00:15:65:aa:bb:cc,,43200,1714766400,1,0,0,t54w,0,,0
 * </pre>
 *
 * <p>A lease began a lifetime before it ends. State 0 is assigned; 1 (declined) is unused; 2 (expired and reclaimed)
 * and a lifetime of 0 (released) end the address's time with the device. The header line comes with every block.
 */
public final class KeaLeasesDecoder extends IdentityDecoder {
    private static final List<String> COLUMNS =
            List.of("address", "hwaddr", "valid_lifetime", "expire", "hostname", "state");

    private final CsvLine csv = new CsvLine();
    private final int[] places = new int[COLUMNS.size()];
    private boolean hasHeader;

    public KeaLeasesDecoder() {
        super(Format.KEA_LEASES);
    }

    @Override
    void begin(RawMessage message) {
        hasHeader = false;
        byte[] header = WallClock.linesAfterStated(message);
        if (header.length > 0) {
            readHeader(header, 0, header.length);
        }
    }

    private void readHeader(byte[] bytes, int from, int to) {
        int columns = Math.min(csv.read(bytes, from, to, (byte) ','), CsvLine.COLUMN_LIMIT);
        Arrays.fill(places, -1);
        for (int i = 0; i < columns; i++) {
            int known = COLUMNS.indexOf(csv.text(i));
            if (known >= 0) {
                places[known] = i;
            }
        }
        hasHeader = places[0] >= 0 && places[3] >= 0;
    }

    @Override
    void line(Reading reading) {
        int from = reading.cursor().start();
        int to = reading.cursor().end();
        if (reading.text().startsWith("address,")) {
            readHeader(reading.bytes(), from, to);
            unused(reading, "header");
            return;
        }
        if (!hasHeader) {
            reading.outcomes()
                    .reject(Reason.MALFORMED, "expected a header line with address and expire before this one");
            return;
        }
        csv.read(reading.bytes(), from, to, (byte) ',');
        IpAddress address = IpAddress.parse(csv.text(places[0]));
        if (address == null) {
            rejectValue(reading, "address", csv.text(places[0]), "an IP address");
            return;
        }
        long expire = Slice.of(csv.text(places[3])).count();
        String lifetimeText = csv.text(places[2]);
        long lifetime = lifetimeText.isEmpty() ? 0 : Slice.of(lifetimeText).count();
        boolean isTime = expire >= 0 && lifetime >= 0 && lifetime <= 0xffff_ffffL;
        long from1970 = !isTime ? Slice.INVALID : lifetime == 0xffff_ffffL ? expire : expire - lifetime;
        long time = nanosOfSeconds(from1970);
        if (time == Slice.INVALID) {
            rejectValue(reading, "expire, valid_lifetime", csv.text(places[3]) + ", " + lifetimeText, "seconds");
            return;
        }
        lease(reading, address, time, expire, lifetime);
    }

    private void lease(Reading reading, IpAddress address, long time, long expire, long lifetime) {
        String state = csv.text(places[5]);
        String mac = MacAddress.ecs(csv.text(places[1]));
        if (state.equals("1") || mac == null) {
            unused(reading, state.equals("1") ? "declined" : "lease without hardware");
            return;
        }
        boolean isOver = state.equals("2") || lifetime == 0;
        // 2^32-1 seconds mean for ever.
        boolean isEndless = lifetime == 0xffff_ffffL;
        long end = nanosOfSeconds(expire);
        observe(
                reading,
                isOver && end != Slice.INVALID ? end : time,
                address,
                mac,
                csv.text(places[4]),
                null,
                isOver ? 0 : isEndless ? FlowObservation.ABSENT : lifetime);
    }
}
