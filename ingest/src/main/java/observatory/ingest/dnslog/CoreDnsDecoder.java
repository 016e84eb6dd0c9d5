package observatory.ingest.dnslog;

import static observatory.ingest.observation.FlowObservation.ABSENT;

import java.util.List;
import observatory.geo.address.IpAddress;
import observatory.ingest.decode.Format;
import observatory.ingest.observation.DnsCodes;
import observatory.ingest.observation.TransportProtocol;
import observatory.ingest.text.Slice;

/**
 * Decodes what the {@code log} plugin of CoreDNS writes in its formats {@code common} and {@code combined}:
 *
 * <pre>
 * [INFO] 10.0.0.7:50759 - 29008 "A IN www.example.com. udp 41 false 4096" NOERROR qr,rd,ra 106 0.000165s
 * </pre>
 *
 * <p>CoreDNS prints no time: it is the one of the shipper before it (container runtime, syslog), else the time the message
 * was received or its file last written. The log has no answers. All other plugins' lines are unused.
 */
public final class CoreDnsDecoder extends LineDecoder {

    public CoreDnsDecoder() {
        super(Format.COREDNS.observerType());
    }

    @Override
    void line() {
        if (isAt("[") && !isAt("[::") && find("] ") > 0) {
            at = find("] ") + 2;
        }
        int dash = find(" - ");
        int quote = dash < 0 ? -1 : indexOf(dash, end, '"');
        int quoteEnd = quote < 0 ? -1 : indexOf(quote + 1, end, '"');
        int colon = dash < 0 ? -1 : lastIndexOf(at, dash, ':');
        if (quoteEnd < 0 || colon < 0 || indexOf(at, dash, ' ') >= 0) {
            unused("message");
            return;
        }
        boolean isBracketed = bytes[at] == '[' && bytes[colon - 1] == ']';
        IpAddress client = address(isBracketed ? at + 1 : at, isBracketed ? colon - 1 : colon);
        if (client == null) {
            rejectValue("client", slice(at, dash), "ADDRESS:PORT");
            return;
        }
        int port = port(colon + 1, dash);
        Slice id = slice(dash + 3, Math.max(dash + 3, quote - 1));
        String exchange = id.count() < 0 ? "" : id.text();
        at = quoteEnd + 1;
        skipSpaces();
        String code = words.word(word());
        int lineEnd = end;
        at = quote + 1;
        end = quoteEnd;
        question(client, port, exchange, code);
        end = lineEnd;
    }

    /** {@code TYPE CLASS NAME PROTOCOL ...}. */
    private void question(IpAddress client, int port, String exchange, String code) {
        String type = words.word(word());
        word();
        Slice nameWord = word();
        if (nameWord.length() == 0) {
            rejectMalformed("\"TYPE CLASS NAME PROTOCOL SIZE DO BUFSIZE\"");
            return;
        }
        String question = name(nameWord);
        Slice transport = word();
        int protocol =
                transport.is("udp") ? TransportProtocol.UDP : transport.is("tcp") ? TransportProtocol.TCP : ABSENT;
        boolean isAnswered = !code.isEmpty() && !code.equals("-");
        observeDns(
                exchange,
                client,
                port,
                null,
                ABSENT,
                protocol,
                question,
                DnsCodes.fromGeneric(type),
                isAnswered ? code : null,
                isAnswered,
                List.of());
    }

    static boolean isLikely(LogLine line) {
        String text = line.message();
        int dash = text.indexOf(" - ");
        return line.startsWith("CoreDNS-")
                || (dash > 0
                        && text.lastIndexOf(':', dash) > 0
                        && text.indexOf(" IN ", dash) > 0
                        && (text.contains(" udp ") || text.contains(" tcp ")));
    }
}
