package observatory.jobs.rollup;

import observatory.jobs.attribute.Device;
import observatory.jobs.attribute.NamedFlow;

/**
 * All flows of one device to one destination that ended within five minutes. Rollups of equal key add up.
 *
 * @param key device, destination and window: what the document id is made of
 * @param windowMillis start of the window, milliseconds since 1970
 * @param device the device as last known in the window
 * @param destination what is known of the other end
 * @param firstStartMillis earliest start of a flow
 * @param lastEndMillis latest end of a flow
 * @param flows number of flows
 * @param bytesOut bytes from device to destination
 * @param bytesIn bytes from destination to device
 * @param packetsOut packets from device to destination
 * @param packetsIn packets from destination to device
 * @param sampled flows of which the exporter looked at some packets only
 * @param scaledBytesOut {@code bytesOut}, each flow times what its exporter states a packet stands for
 * @param scaledBytesIn {@code bytesIn}, likewise
 * @param naming how the flows got their names
 * @param clock flows that asked for the time of day, by their port (UDP 123)
 */
public record Rollup(
        String key,
        long windowMillis,
        Device device,
        Destination destination,
        long firstStartMillis,
        long lastEndMillis,
        long flows,
        long bytesOut,
        long bytesIn,
        long packetsOut,
        long packetsIn,
        long sampled,
        long scaledBytesOut,
        long scaledBytesIn,
        Naming naming,
        long clock) {

    /** Length of a window. */
    public static final long WINDOW_MILLIS = 300_000;

    private static final int NTP_PORT = 123;
    private static final int UDP = 17;

    /** The window that holds a time. */
    public static long windowOf(long millis) {
        return Math.floorDiv(millis, WINDOW_MILLIS) * WINDOW_MILLIS;
    }

    /** The rollup of one flow. A flow counts in the window in which it ended, with all its bytes. */
    static Rollup of(NamedFlow flow, KeyedDestination to) {
        long window = windowOf(flow.endMillis());
        long scale = flow.scale();
        return new Rollup(
                flow.device().key() + "|" + to.key() + "|" + window,
                window,
                flow.device(),
                to.destination(),
                flow.startMillis(),
                flow.endMillis(),
                1,
                flow.bytesOut(),
                flow.bytesIn(),
                flow.packetsOut(),
                flow.packetsIn(),
                scale > 1 ? 1 : 0,
                flow.bytesOut() * scale,
                flow.bytesIn() * scale,
                Naming.of(flow, to),
                flow.servicePort() == NTP_PORT && flow.flow().protocol() == UDP ? 1 : 0);
    }

    /** Last millisecond of the window. */
    public long windowEndMillis() {
        return windowMillis + WINDOW_MILLIS - 1;
    }

    /** The sum of two rollups of equal key. */
    public Rollup plus(Rollup other) {
        return new Rollup(
                key,
                windowMillis,
                later(device, other.device),
                later(destination, other.destination),
                Math.min(firstStartMillis, other.firstStartMillis),
                Math.max(lastEndMillis, other.lastEndMillis),
                flows + other.flows,
                bytesOut + other.bytesOut,
                bytesIn + other.bytesIn,
                packetsOut + other.packetsOut,
                packetsIn + other.packetsIn,
                sampled + other.sampled,
                scaledBytesOut + other.scaledBytesOut,
                scaledBytesIn + other.scaledBytesIn,
                naming.plus(other.naming),
                clock + other.clock);
    }

    /** The same without its device: what all devices of the site sent there adds up to. */
    public Rollup ofSite() {
        String site = device.site();
        return new Rollup(
                site + "|" + destination.key() + "|" + windowMillis,
                windowMillis,
                new Device(site, site, "", null, null, null, null, null, null, null, 0),
                destination,
                firstStartMillis,
                lastEndMillis,
                flows,
                bytesOut,
                bytesIn,
                packetsOut,
                packetsIn,
                sampled,
                scaledBytesOut,
                scaledBytesIn,
                naming,
                clock);
    }

    /** The same device, destination and window, and nothing counted. */
    public Rollup none() {
        return new Rollup(
                key,
                windowMillis,
                device,
                destination,
                firstStartMillis,
                lastEndMillis,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                Naming.NOTHING,
                0);
    }

    /** Whether all flows asked for the time of day. */
    public boolean isClock() {
        return flows > 0 && clock == flows;
    }

    /** Of two destinations that differ in the data they were looked up in, always the same one. */
    private static Destination later(Destination one, Destination other) {
        return one.snapshot().compareTo(other.snapshot()) >= 0 ? one : other;
    }

    /** Of two states of one device the richer, by a rule that does not depend on which came first. */
    private static Device later(Device one, Device other) {
        if (one.equals(other)) {
            return one;
        }
        return one.toString().compareTo(other.toString()) >= 0 ? one : other;
    }
}
