package observatory.ingest.simulate.traffic;

import org.jspecify.annotations.Nullable;

/**
 * One connection, as a sensor at the site's uplink counts it.
 *
 * @param uid the sensor's id of it
 * @param start first packet, microseconds since 1970
 * @param duration first to last packet in microseconds, {@link #UNSET} when there was one packet only
 * @param origin address of the side that spoke first
 * @param originPort its port; ICMP type for ICMP
 * @param responder the other address
 * @param responderPort its port; ICMP code for ICMP
 * @param transport transport protocol
 * @param service application protocol as Zeek names it; null when Zeek would not know
 * @param state Zeek's connection state ({@code SF}, {@code S0}, {@code OTH}, ...)
 * @param history Zeek's history letters
 * @param sent what the origin sent
 * @param received what the responder sent
 * @param linger microseconds between the last packet and the line in the log: how long Zeek waits for more
 */
public record Connection(
        String uid,
        long start,
        long duration,
        String origin,
        int originPort,
        String responder,
        int responderPort,
        Transport transport,
        @Nullable String service,
        String state,
        String history,
        Side sent,
        Side received,
        long linger) {

    /** A number that the sensor could not state. */
    public static final long UNSET = -1;

    /** The same, in which Zeek recognised an application protocol. */
    public Connection knownAs(@Nullable String application) {
        return new Connection(
                uid,
                start,
                duration,
                origin,
                originPort,
                responder,
                responderPort,
                transport,
                application,
                state,
                history,
                sent,
                received,
                linger);
    }

    /** Last packet, microseconds since 1970. */
    public long end() {
        return start + Math.max(0, duration);
    }

    /** When the sensor writes its line. */
    public long writtenAt() {
        return end() + linger;
    }
}
