package observatory.jobs.finding.beacon;

/**
 * One flow from a device to an endpoint, as the rules of beacons see it.
 *
 * @param startMillis its start, milliseconds since 1970
 * @param endMillis its end
 * @param connection what is the same for all pieces of one connection: a hash of addresses, ports and protocol
 * @param holds whether a connection may be quiet for hours (TCP), so that what comes later is still a piece of it
 * @param bytesOut bytes from the device
 * @param place the country the endpoint answers from, empty when that is not agreed
 * @param retimes whether the service itself tells the phone when to come again (registration, time)
 */
public record Approach(
        long startMillis,
        long endMillis,
        long connection,
        boolean holds,
        long bytesOut,
        String place,
        boolean retimes) {}
