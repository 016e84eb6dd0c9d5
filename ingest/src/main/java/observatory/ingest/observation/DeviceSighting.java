package observatory.ingest.observation;

import observatory.geo.address.IpAddress;
import org.jspecify.annotations.Nullable;

/**
 * Something that tells which device an address belongs to: a DHCP exchange, a user agent.
 *
 * @param sensor sensor or server that logged it
 * @param site site of the sensor
 * @param observerType {@code zeek}, {@code suricata}, ...
 * @param timeNanos when, nanoseconds since 1970
 * @param address the device's address; null when the exchange assigned none
 * @param mac {@code 00-15-65-AA-BB-CC}; null when not stated
 * @param hostName host name the device gave itself
 * @param vendorClass DHCP option 60, where logged
 * @param model model named by the source, where it names one
 * @param firmware firmware named by the source, where it names one
 * @param leaseSeconds lease time; {@link FlowObservation#ABSENT} when not stated
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
        @Nullable String model,
        @Nullable String firmware,
        long leaseSeconds)
        implements Observation {}
