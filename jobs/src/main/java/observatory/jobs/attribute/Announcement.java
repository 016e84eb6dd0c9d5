package observatory.jobs.attribute;

import org.jspecify.annotations.Nullable;

/**
 * What a handshake announced, waiting for the flow of its connection.
 *
 * @param serverName SNI; null when there was none
 * @param version TLS version as the sensor writes it; empty when not stated
 * @param isHandshake whether it was one of TLS, and no HTTP request in the clear
 * @param timeMillis when it was seen
 */
public record Announcement(@Nullable String serverName, String version, boolean isHandshake, long timeMillis) {
    /** Connections that last longer are named all the same, but their handshake may be forgotten by then. */
    static final long RETENTION_MILLIS = 7 * 86_400_000L;
}
