package observatory.ingest.observation;

import observatory.geo.address.IpAddress;
import org.jspecify.annotations.Nullable;

/**
 * Something that tells which device an address belongs to, or what a device is: a DHCP exchange, a lease, a user agent,
 * a line of an inventory.
 *
 * @param sensor sensor or server that logged it
 * @param site site of the sensor
 * @param observerType {@code zeek}, {@code suricata}, ...
 * @param timeNanos when, nanoseconds since 1970
 * @param address the device's address; null when the exchange assigned none
 * @param mac {@code 00-15-65-AA-BB-CC}; null when not stated
 * @param hostName host name the device gave itself
 * @param vendorClass DHCP option 60, where logged
 * @param maker maker named by the source, in its own words, where it names one
 * @param model model named by the source, where it names one
 * @param firmware firmware named by the source, where it names one
 * @param leaseSeconds how long the address is the device's from {@code timeNanos} on; {@link FlowObservation#ABSENT} when
 *     not stated, 0 when the address was given back
 * @param group group of the device in an inventory
 * @param owner owner of the device in an inventory
 */
public record DeviceSighting(
        String sensor,
        String site,
        String observerType,
        long timeNanos,
        @Nullable IpAddress address,
        @Nullable String mac,
        @Nullable String hostName,
        @Nullable String vendorClass,
        @Nullable String maker,
        @Nullable String model,
        @Nullable String firmware,
        long leaseSeconds,
        @Nullable String group,
        @Nullable String owner)
        implements Observation {

    /** Who holds an address: a source that says nothing of makers, groups and owners. */
    public static DeviceSighting lease(
            String sensor,
            String site,
            String observerType,
            long timeNanos,
            @Nullable IpAddress address,
            @Nullable String mac,
            @Nullable String hostName,
            @Nullable String vendorClass,
            long leaseSeconds) {
        return new DeviceSighting(
                sensor,
                site,
                observerType,
                timeNanos,
                address,
                mac,
                hostName,
                vendorClass,
                null,
                null,
                null,
                leaseSeconds,
                null,
                null);
    }

    /** What a device says of itself in a user agent. */
    public static DeviceSighting agent(
            String sensor,
            String site,
            String observerType,
            long timeNanos,
            @Nullable IpAddress address,
            @Nullable String mac,
            @Nullable String maker,
            @Nullable String model,
            @Nullable String firmware) {
        return new DeviceSighting(
                sensor,
                site,
                observerType,
                timeNanos,
                address,
                mac,
                null,
                null,
                maker,
                model,
                firmware,
                FlowObservation.ABSENT,
                null,
                null);
    }
}
