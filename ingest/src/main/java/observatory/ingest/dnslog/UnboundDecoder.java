package observatory.ingest.dnslog;

import static observatory.ingest.observation.FlowObservation.ABSENT;

import java.util.List;
import observatory.geo.address.IpAddress;
import observatory.ingest.decode.Format;
import observatory.ingest.observation.DnsCodes;
import observatory.ingest.text.Slice;
import org.jspecify.annotations.Nullable;

/**
 * Decodes Unbound's log with {@code log-queries} or {@code log-replies}, with {@code log-tag-queryreply} or without, with
 * {@code log-time-ascii}, with epoch seconds, and by syslog:
 *
 * <pre>
 * [1795369621] unbound[476:0] info: 10.0.0.7 www.example.com. A IN
 * Nov 22 17:47:01 unbound[476:0] query: 10.0.0.7 www.example.com. A IN
 * Nov 22 17:47:01 unbound[476:0] reply: 10.0.0.7 www.example.com. A IN NOERROR 0.000848 0 96
 * </pre>
 *
 * <p>The numbers of a reply are seconds taken, whether it came from the cache, and bytes. The log has no answers; those
 * are in Unbound's dnstap. All other messages are unused.
 */
public final class UnboundDecoder extends LineDecoder {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    /** The end of 2261, where 64 bits of nanoseconds end. */
    private static final long LARGEST_SECOND = 9_214_646_400L;

    public UnboundDecoder() {
        super(Format.UNBOUND.observerType());
    }

    @Override
    void line() {
        readOwnPrefix();
        boolean isTagged = skip("query: ");
        boolean isReply = !isTagged && skip("reply: ");
        if (!isTagged && !isReply && !skip("info: ")) {
            unused(words.word(slice(at, Math.max(at, indexOf(at, end, ':')))));
            return;
        }
        Slice first = word();
        IpAddress client = IpAddress.parse(first);
        if (client == null) {
            if (isTagged || isReply) {
                rejectValue("client", first, "an IP address");
            } else {
                unused("info");
            }
            return;
        }
        question(client, isReply);
    }

    /** {@code [1795369621] } or {@code [1795369621.125] }, {@code unbound[476:0] }, and {@code [476:0] } under syslog. */
    private void readOwnPrefix() {
        int close = at < end && bytes[at] == '[' ? indexOf(at, end, ']') : -1;
        if (close > 0 && close + 1 < end && bytes[close + 1] == ' ') {
            if (indexOf(at, close, ':') < 0) {
                long nanos = slice(at + 1, close).nanos();
                timeIs(nanos < 0 || nanos / NANOS_PER_SECOND > LARGEST_SECOND ? Slice.INVALID : nanos);
            }
            at = close + 2;
        }
        if (isAt("unbound[")) {
            word();
        }
    }

    /** {@code NAME TYPE CLASS}, and of a reply {@code CODE SECONDS CACHED BYTES}. */
    private void question(IpAddress client, boolean isTaggedReply) {
        String question = name(word());
        String type = text();
        String dnsClass = text();
        if (type == null || dnsClass == null || !(dnsClass.equals("IN") || isOtherClass(dnsClass))) {
            if (isTaggedReply) {
                rejectMalformed("ADDRESS NAME TYPE CLASS CODE SECONDS CACHED BYTES");
            } else {
                unused("info");
            }
            return;
        }
        // Without tags a reply is told by what follows the class.
        String code = text();
        observeDns(
                "",
                client,
                ABSENT,
                null,
                ABSENT,
                ABSENT,
                question,
                DnsCodes.fromGeneric(type),
                code,
                code != null,
                List.of());
    }

    private static boolean isOtherClass(String dnsClass) {
        return dnsClass.equals("CH") || dnsClass.equals("HS") || dnsClass.equals("ANY") || dnsClass.startsWith("CLASS");
    }

    private @Nullable String text() {
        Slice text = word();
        return text.length() == 0 ? null : words.word(text);
    }

    static boolean isLikely(LogLine line) {
        return line.hasTag("unbound") || (line.startsWith("[") && line.message().indexOf("] unbound[") > 0);
    }
}
