package observatory.ingest.observation;

import observatory.geo.address.IpAddress;
import org.jspecify.annotations.Nullable;

/**
 * One TLS (or QUIC) handshake; or one HTTP request, whose Host header names the server as the SNI of a handshake does.
 *
 * @param sensor sensor
 * @param site site of the sensor
 * @param observerType {@code zeek}, {@code suricata}
 * @param sensorId the sensor's id of the connection; the flow record of the same connection carries the same
 * @param timeNanos when the handshake was seen, nanoseconds since 1970
 * @param client originator
 * @param clientPort 0..65535
 * @param server responder
 * @param serverPort 0..65535
 * @param serverName SNI of the client hello, or host of an HTTP request without its port, lower case; null when there was
 *     none or it was encrypted
 * @param version {@code TLSv12}, {@code TLS 1.3}, ... as the sensor writes it; {@code HTTP}, {@code HTTP/1.1} for a request
 * @param established whether the handshake completed; null when not stated
 * @param userAgent what the client of an HTTP request calls itself; null when not stated
 */
public record TlsObservation(
        String sensor,
        String site,
        String observerType,
        String sensorId,
        long timeNanos,
        IpAddress client,
        int clientPort,
        IpAddress server,
        int serverPort,
        @Nullable String serverName,
        @Nullable String version,
        @Nullable Boolean established,
        @Nullable String userAgent)
        implements Observation {

    private static final String HTTP = "HTTP";

    /** A handshake. */
    public TlsObservation(
            String sensor,
            String site,
            String observerType,
            String sensorId,
            long timeNanos,
            IpAddress client,
            int clientPort,
            IpAddress server,
            int serverPort,
            @Nullable String serverName,
            @Nullable String version,
            @Nullable Boolean established) {
        this(
                sensor,
                site,
                observerType,
                sensorId,
                timeNanos,
                client,
                clientPort,
                server,
                serverPort,
                serverName,
                version,
                established,
                null);
    }

    /** The {@code version} of an HTTP request of the version the sensor states, such as {@code 1.1}. */
    public static String httpVersion(@Nullable String stated) {
        if (stated == null || stated.isEmpty()) {
            return HTTP;
        }
        return stated.startsWith(HTTP) ? stated : HTTP + '/' + stated;
    }

    /** Whether this is an HTTP request in the clear, and no handshake. */
    public boolean isHttp() {
        return version != null && version.startsWith(HTTP);
    }
}
