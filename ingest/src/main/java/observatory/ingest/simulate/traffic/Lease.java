package observatory.ingest.simulate.traffic;

/**
 * One DHCP exchange that ended with a lease.
 *
 * @param mac {@code 80:5e:c0:01:02:03}
 * @param hostName option 12
 * @param vendorClass option 60: maker, model and firmware
 * @param address address leased
 * @param seconds lease time
 * @param domain option 15
 */
public record Lease(String mac, String hostName, String vendorClass, String address, long seconds, String domain) {}
