package observatory.ingest.simulate.traffic;

import org.jspecify.annotations.Nullable;

/**
 * A connection with all that a sensor could read in it. A sensor sees all of it or nothing.
 *
 * @param device index of the phone in its fleet
 * @param connection the connection
 * @param purpose what the phone did it for ({@code registration}, {@code time}, ...)
 * @param name name that the phone asked for to get here; null when it used an address only
 * @param lookup the DNS exchange in it, if it is one
 * @param handshake the TLS handshake in it, if it begins with one
 * @param lease the DHCP exchange in it, if it is one
 */
public record Conversation(
        int device,
        Connection connection,
        String purpose,
        @Nullable String name,
        @Nullable Lookup lookup,
        @Nullable Handshake handshake,
        @Nullable Lease lease) {

    /** The same, of which the sensor writes no DNS line. */
    public Conversation unheard() {
        return new Conversation(device, connection, purpose, name, null, handshake, lease);
    }
}
