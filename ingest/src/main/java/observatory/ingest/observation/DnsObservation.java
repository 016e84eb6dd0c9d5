package observatory.ingest.observation;

import java.util.List;
import observatory.geo.address.IpAddress;
import org.jspecify.annotations.Nullable;

/**
 * One DNS question, with its answers where the source logs them.
 *
 * @param sensor sensor or resolver
 * @param site site of the sensor
 * @param observerType {@code zeek}, {@code suricata}, ...
 * @param sensorId the sensor's id of the connection, empty when it has none
 * @param timeNanos when it was asked or answered, as the source states, nanoseconds since 1970
 * @param client who asked; null when the source does not say (an answer in a dnsmasq log without {@code extra}, what a
 *     resolver asked on its own behalf): such an answer is attributed to no device
 * @param clientPort 0..65535; {@link FlowObservation#ABSENT} when not stated
 * @param resolver address that was asked; null when the source does not say, as most resolvers do not of themselves
 * @param resolverPort likewise
 * @param protocol IANA protocol number of the transport; {@link FlowObservation#ABSENT} when not stated
 * @param question name asked for, lower case, no trailing dot; null when the source has none
 * @param questionType {@code A}, {@code AAAA}, {@code HTTPS}, ...; null when not stated
 * @param responseCode {@code NOERROR}, {@code NXDOMAIN}, ...; null when there was no response yet
 * @param response whether this record carries the response (a Zeek record does; a Suricata query event does not)
 * @param answers the answer section in order, CNAMEs included; empty when not logged
 */
public record DnsObservation(
        String sensor,
        String site,
        String observerType,
        String sensorId,
        long timeNanos,
        @Nullable IpAddress client,
        int clientPort,
        @Nullable IpAddress resolver,
        int resolverPort,
        int protocol,
        @Nullable String question,
        @Nullable String questionType,
        @Nullable String responseCode,
        boolean response,
        List<Answer> answers)
        implements Observation {

    public DnsObservation {
        answers = List.copyOf(answers);
    }

    /**
     * One resource record of the answer section.
     *
     * @param data address or name, as text; names lower case without trailing dot
     * @param type {@code A}, {@code AAAA}, {@code CNAME}, ...
     * @param ttlSeconds time to live; {@link FlowObservation#ABSENT} when not stated
     */
    public record Answer(String data, String type, long ttlSeconds) {}
}
