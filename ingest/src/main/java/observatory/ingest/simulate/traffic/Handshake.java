package observatory.ingest.simulate.traffic;

/**
 * One TLS handshake.
 *
 * @param at client hello, microseconds since 1970
 * @param took microseconds until it was established
 * @param serverName name the client asked for
 * @param version {@code TLSv12} or {@code TLSv13}
 * @param resumed whether an earlier session was resumed
 */
public record Handshake(long at, long took, String serverName, String version, boolean resumed) {}
