package observatory.ingest.observation;

import observatory.geo.address.IpAddress;
import org.jspecify.annotations.Nullable;

/**
 * One TLS (or QUIC) handshake.
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
 * @param serverName SNI of the client hello, lower case; null when there was none or it was encrypted
 * @param version {@code TLSv12}, {@code TLS 1.3}, ... as the sensor writes it
 * @param established whether the handshake completed; null when not stated
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
        @Nullable Boolean established)
        implements Observation {}
