package observatory.ingest.dnstap;

import static observatory.ingest.observation.FlowObservation.ABSENT;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import observatory.geo.address.IpAddress;
import observatory.ingest.decode.Decoded;
import observatory.ingest.decode.Decoder;
import observatory.ingest.decode.Format;
import observatory.ingest.decode.RawMessage;
import observatory.ingest.decode.Rejection;
import observatory.ingest.decode.Rejection.Reason;
import observatory.ingest.dnswire.DnsMessage;
import observatory.ingest.observation.DnsObservation;
import observatory.ingest.observation.Observation;
import observatory.ingest.observation.TransportProtocol;
import org.jspecify.annotations.Nullable;

/**
 * Decodes blocks of dnstap: whole frames of a Frame Stream as {@link FrameStream} describes them, control frames included
 * or not; each data frame is one record.
 *
 * <p>Used are CLIENT_QUERY and CLIENT_RESPONSE, which name the device, and AUTH_QUERY and AUTH_RESPONSE, since BIND calls
 * a question so that its client asked without wanting recursion. All others are a server's own questions to other
 * servers: the same answers come to the device by a CLIENT_RESPONSE, and would be counted twice; they are unused, by name
 * ({@code dnstap resolver-response}).
 */
public final class DnstapDecoder implements Decoder {
    private static final String DNSTAP = Format.DNSTAP.observerType();
    private static final int AUTH_QUERY = 1;
    private static final int AUTH_RESPONSE = 2;
    private static final int CLIENT_QUERY = 5;
    private static final int CLIENT_RESPONSE = 6;
    private static final int LARGEST_PORT = 65_535;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    /** The end of 2261, where 64 bits of nanoseconds end. */
    private static final long LARGEST_SECOND = 9_214_646_400L;

    private final DnstapMessage dnstap = new DnstapMessage();
    private final DnsMessage dns = new DnsMessage();

    @Override
    public Decoded decode(RawMessage message) {
        List<Observation> observations = new ArrayList<>();
        List<Rejection> rejections = new ArrayList<>(message.unreadable());
        byte[] payload = message.payload();
        int at = 0;
        while (at < payload.length) {
            int header = at + 4 <= payload.length && number(payload, at) == 0 ? 8 : 4;
            long length = at + header > payload.length ? Long.MAX_VALUE : number(payload, at + header - 4);
            if (length > payload.length - at - header) {
                rejections.add(rejection(
                        message, at, payload.length, Reason.TRUNCATED, "the frame is longer than what is left"));
                break;
            }
            int start = at + header;
            int end = start + (int) length;
            if (header == 4) {
                Observation observation = observation(message, start, end, at, rejections);
                if (observation != null) {
                    observations.add(observation);
                }
            }
            at = end;
        }
        rejections.sort(Comparator.comparingLong(Rejection::offset));
        return new Decoded(observations, rejections);
    }

    /** Whether a file begins as a Frame Stream of dnstap does: with a START frame that names the content type. */
    public static boolean isFrameStream(byte[] head) {
        byte[] start = FrameStream.control(Frame.Kind.START);
        return head.length >= start.length && Arrays.equals(head, 0, start.length, start, 0, start.length);
    }

    /** The one outcome of a data frame: an observation, or null and one more rejection. */
    private @Nullable Observation observation(
            RawMessage message, int from, int to, int frame, List<Rejection> rejections) {
        if (!dnstap.read(message.payload(), from, to)) {
            rejections.add(rejection(message, frame, to, Reason.MALFORMED, "expected a dnstap message in protobuf"));
            return null;
        }
        boolean isQuery = dnstap.type == CLIENT_QUERY || dnstap.type == AUTH_QUERY;
        boolean isResponse = dnstap.type == CLIENT_RESPONSE || dnstap.type == AUTH_RESPONSE;
        if (!isQuery && !isResponse) {
            rejections.add(rejection(message, frame, to, Reason.UNUSED_KIND, DNSTAP + ' ' + dnstap.typeName()));
            return null;
        }
        long time = time(isResponse);
        int start = isResponse ? dnstap.responseStart : dnstap.queryStart;
        int end = isResponse ? dnstap.responseEnd : dnstap.queryEnd;
        String missing = dnstap.queryAddress == null
                ? "query_address"
                : start < 0 ? (isResponse ? "response_message" : "query_message") : time < 0 ? "time" : null;
        if (missing != null || dnstap.hasBadAddress) {
            rejections.add(
                    dnstap.hasBadAddress
                            ? rejection(message, frame, to, Reason.BAD_VALUE, "an address is of neither 4 nor 16 bytes")
                            : rejection(message, frame, to, Reason.MISSING_FIELD, "the message has no " + missing));
            return null;
        }
        if (!dns.read(message.payload(), start, end)) {
            rejections.add(rejection(message, frame, to, Reason.MALFORMED, "no DNS message: " + dns.fault()));
            return null;
        }
        if (dns.opcode() != 0) {
            rejections.add(rejection(message, frame, to, Reason.UNUSED_KIND, DNSTAP + " opcode-" + dns.opcode()));
            return null;
        }
        return observation(message, time, dnstap.queryAddress, isResponse);
    }

    private DnsObservation observation(RawMessage message, long time, @Nullable IpAddress client, boolean isResponse) {
        return new DnsObservation(
                message.sensor(),
                message.site(),
                DNSTAP,
                "",
                time,
                client,
                port(dnstap.queryPort),
                dnstap.responseAddress,
                port(dnstap.responsePort),
                protocol(dnstap.socketProtocol),
                dns.question(),
                dns.questionType(),
                isResponse ? dns.responseCode() : null,
                isResponse,
                isResponse ? dns.answers() : List.of());
    }

    private long time(boolean isResponse) {
        boolean hasResponseTime = isResponse && dnstap.responseSeconds >= 0;
        long seconds = hasResponseTime ? dnstap.responseSeconds : dnstap.querySeconds;
        long nanos = hasResponseTime ? dnstap.responseNanos : dnstap.queryNanos;
        boolean isTime = seconds >= 0 && seconds <= LARGEST_SECOND && nanos < NANOS_PER_SECOND;
        return isTime ? seconds * NANOS_PER_SECOND + nanos : ABSENT;
    }

    private static int port(long port) {
        return port < 0 || port > LARGEST_PORT ? ABSENT : (int) port;
    }

    /** dnstap's SocketProtocol: UDP 1, TCP 2, DoT 3, DoH 4, DNSCrypt over UDP 5 and TCP 6, DoQ 7. */
    private static int protocol(int socketProtocol) {
        return switch (socketProtocol) {
            case 1, 5, 7 -> TransportProtocol.UDP;
            case 2, 3, 4, 6 -> TransportProtocol.TCP;
            default -> ABSENT;
        };
    }

    private static Rejection rejection(RawMessage message, int from, int to, Reason reason, String detail) {
        int end = Math.min(to, from + Rejection.SAMPLE_LIMIT);
        String sample = Rejection.sample(Arrays.copyOfRange(message.payload(), from, end));
        return new Rejection(message.sensor(), message.source(), 0, message.offset() + from, reason, detail, sample);
    }

    private static long number(byte[] bytes, int at) {
        return (bytes[at] & 0xffL) << 24
                | (bytes[at + 1] & 0xffL) << 16
                | (bytes[at + 2] & 0xffL) << 8
                | (bytes[at + 3] & 0xffL);
    }
}
