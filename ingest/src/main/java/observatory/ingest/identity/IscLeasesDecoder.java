package observatory.ingest.identity;

import observatory.geo.address.IpAddress;
import observatory.ingest.decode.Format;
import observatory.ingest.decode.RawMessage;
import observatory.ingest.decode.Rejection.Reason;
import observatory.ingest.observation.FlowObservation;
import observatory.ingest.observation.MacAddress;
import observatory.ingest.text.Slice;
import observatory.ingest.text.Timestamp;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the lease file of ISC's DHCP server ({@code dhcpd.leases(5)}), to which every change of a lease is added:
 *
 * <pre>
 * lease 10.20.0.7 {
 *   starts 5 2024/05/03 08:00:00;            day of the week, UTC; or "epoch 1714723200; # ..."
 *   ends 5 2024/05/03 20:00:00;              or never
 *   binding state active;
 *   hardware ethernet 00:15:65:aa:bb:cc;
 *   set vendor-class-identifier = "yealink";
 *   client-hostname "t54w";
 * }
 * </pre>
 *
 * <p>A lease is one record of several lines. An active one is a sighting from its start to its end; one that is free,
 * expired or released ends the address's time with the device and is a sighting of no duration. A lease that a block's end
 * cuts in two is put together from the block before, which ends with it.
 */
public final class IscLeasesDecoder extends IdentityDecoder {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private @Nullable String lease;
    private long starts;
    private long ends;
    private @Nullable String state;
    private @Nullable String mac;
    private @Nullable String hostName;
    private @Nullable String vendorClass;

    public IscLeasesDecoder() {
        super(Format.ISC_LEASES);
    }

    @Override
    void begin(RawMessage message) {
        lease = null;
    }

    @Override
    void line(Reading reading) {
        String line = reading.text();
        if (line.startsWith("lease ")) {
            cutOff(reading);
            open(line);
        } else if (lease == null) {
            unused(reading, line.startsWith("#") ? "comment" : "statement");
        } else if (line.startsWith("}")) {
            close(reading);
        } else {
            field(line);
        }
    }

    @Override
    void end(Reading reading) {
        cutOff(reading);
    }

    private void cutOff(Reading reading) {
        if (lease != null) {
            reading.outcomes().reject(Reason.TRUNCATED, "the lease of " + safe(lease) + " breaks off");
            lease = null;
        }
    }

    private void open(String line) {
        int end = line.indexOf(' ', "lease ".length());
        lease = line.substring("lease ".length(), end < 0 ? line.length() : end);
        starts = FlowObservation.ABSENT;
        ends = FlowObservation.ABSENT;
        state = null;
        mac = null;
        hostName = null;
        vendorClass = null;
    }

    private void field(String line) {
        int end = line.indexOf(';');
        String value = end < 0 ? line : line.substring(0, end);
        if (value.startsWith("starts ")) {
            starts = seconds(value.substring("starts ".length()));
        } else if (value.startsWith("ends ")) {
            ends = value.equals("ends never") ? FlowObservation.ABSENT : seconds(value.substring("ends ".length()));
        } else if (value.startsWith("binding state ")) {
            state = value.substring("binding state ".length());
        } else if (value.startsWith("hardware ethernet ")) {
            mac = MacAddress.ecs(value.substring("hardware ethernet ".length()).strip());
        } else if (value.startsWith("client-hostname ")) {
            hostName = quoted(value);
        } else if (value.startsWith("set vendor-class-identifier = ")) {
            vendorClass = quoted(value);
        }
    }

    private static @Nullable String quoted(String value) {
        int open = value.indexOf('"');
        int close = value.lastIndexOf('"');
        return open < 0 || close <= open ? null : value.substring(open + 1, close);
    }

    /** {@code 5 2024/05/03 08:00:00} or {@code epoch 1714723200}; seconds since 1970. */
    private static long seconds(String text) {
        if (text.startsWith("epoch ")) {
            return Slice.of(text.substring("epoch ".length()).strip()).count();
        }
        int date = text.indexOf(' ') + 1;
        long nanos = Timestamp.nanos(text.substring(date).replace('/', '-'));
        return nanos == Slice.INVALID ? Slice.INVALID : nanos / NANOS_PER_SECOND;
    }

    private void close(Reading reading) {
        String found = lease == null ? "" : lease;
        lease = null;
        IpAddress address = IpAddress.parse(found);
        if (address == null) {
            rejectValue(reading, "lease", found, "an IP address");
            return;
        }
        boolean isActive = state == null || state.equals("active");
        if (!isActive && !("free".equals(state) || "expired".equals(state) || "released".equals(state))) {
            unused(reading, state == null ? "state" : state);
            return;
        }
        if (mac == null) {
            unused(reading, "lease without hardware");
            return;
        }
        // A lease that was given back is no longer the device's from its end on.
        long from = isActive || ends == FlowObservation.ABSENT ? starts : ends;
        long time = nanosOfSeconds(from);
        if (time == Slice.INVALID || ends == Slice.INVALID) {
            rejectValue(reading, "starts, ends", from + ", " + ends, "times");
            return;
        }
        long left = ends == FlowObservation.ABSENT ? FlowObservation.ABSENT : Math.max(0, ends - from);
        observe(reading, time, address, mac, hostName, vendorClass, isActive ? left : 0);
    }

    private static String safe(String text) {
        return text.length() > 45 ? text.substring(0, 45) : text;
    }
}
