package observatory.ingest.dnslog;

import static observatory.ingest.observation.FlowObservation.ABSENT;

import java.util.List;
import observatory.geo.address.IpAddress;
import observatory.ingest.decode.Format;
import observatory.ingest.observation.DnsCodes;
import observatory.ingest.observation.TransportProtocol;
import observatory.ingest.text.Slice;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the query logs of PowerDNS: of the authoritative server ({@code log-dns-queries}), and of the recursor
 * ({@code quiet=no}) as text and as structured log:
 *
 * <pre>
 * Remote 10.0.0.7 wants 'www.example.com|A', do = 0, bufsize = 1232: packetcache MISS
 * 3 [118/1] question for 'www.example.com|A' from 10.0.0.7:40000
 * msg="Question" subsystem="syncres" ... ts="1714723202.125" proto="udp" qname="www.example.com" qtype="A" remote="10.0.0.7:40000"
 * </pre>
 *
 * <p>The text form of an answer does not name the client and is unused; the structured one says how it ended. No answers
 * are logged.
 */
public final class PowerDnsDecoder extends LineDecoder {
    /** The end of 2261, where 64 bits of nanoseconds end. */
    private static final long LARGEST_NANOS = 9_214_646_400_000_000_000L;

    public PowerDnsDecoder() {
        super(Format.POWERDNS.observerType());
    }

    @Override
    void line() {
        int structured = find("msg=\"");
        if (structured >= 0) {
            at = structured;
            structured();
            return;
        }
        int question = find("question for '");
        int wants = find(" wants '");
        if (question >= 0 && find("answer to question") < 0) {
            recursor(question + "question for '".length());
        } else if (wants >= 0 && find("Remote ") >= 0) {
            authoritative(wants);
        } else {
            unused("message");
        }
    }

    private void recursor(int nameStart) {
        int quote = indexOf(nameStart, end, '\'');
        int from = quote < 0 ? -1 : find(quote, " from ");
        if (from < 0) {
            rejectMalformed("question for 'NAME|TYPE' from ADDRESS");
            return;
        }
        int peerStart = from + " from ".length();
        int space = indexOf(peerStart, end, ' ');
        question(nameStart, quote, peerStart, space < 0 ? end : space, ABSENT);
    }

    private void authoritative(int wants) {
        int remote = find("Remote ");
        boolean isTcp = find("TCP ") >= 0 && find("TCP ") < remote;
        int nameStart = wants + " wants '".length();
        int quote = indexOf(nameStart, end, '\'');
        int peerStart = remote + "Remote ".length();
        if (quote < 0 || peerStart > wants) {
            rejectMalformed("Remote ADDRESS wants 'NAME|TYPE'");
            return;
        }
        // With a client subnet in the question it is ADDRESS<-SUBNET.
        int subnet = indexOf(peerStart, wants, '<');
        question(nameStart, quote, peerStart, subnet < 0 ? wants : subnet, isTcp ? TransportProtocol.TCP : ABSENT);
    }

    private void question(int nameStart, int nameEnd, int peerStart, int peerEnd, int protocol) {
        int bar = lastIndexOf(nameStart, nameEnd, '|');
        if (bar < 0) {
            rejectMalformed("'NAME|TYPE'");
            return;
        }
        String question = name(slice(nameStart, bar));
        String type = words.word(slice(bar + 1, nameEnd));
        respond(question, type, peerStart, peerEnd, protocol, null);
    }

    private void respond(
            @Nullable String question, String type, int peerStart, int peerEnd, int protocol, @Nullable String code) {
        IpAddress client = address(peerStart, peerEnd);
        int port = ABSENT;
        if (client == null) {
            int colon = lastIndexOf(peerStart, peerEnd, ':');
            boolean isBracketed = colon > peerStart + 1 && bytes[peerStart] == '[' && bytes[colon - 1] == ']';
            client = colon < 0
                    ? null
                    : address(isBracketed ? peerStart + 1 : peerStart, isBracketed ? colon - 1 : colon);
            port = client == null ? ABSENT : port(colon + 1, peerEnd);
        }
        if (client == null) {
            rejectValue("remote", slice(peerStart, peerEnd), "ADDRESS or ADDRESS:PORT");
            return;
        }
        observeDns(
                "",
                client,
                port,
                null,
                ABSENT,
                protocol,
                question,
                DnsCodes.fromGeneric(type),
                code,
                code != null,
                List.of());
    }

    private void structured() {
        boolean isQuestion = isAt("msg=\"Question\"");
        boolean isAnswer = isAt("msg=\"Answer\"");
        int remote = value("remote");
        int question = value("qname");
        if ((!isQuestion && !isAnswer) || remote < 0 || question < 0) {
            unused("message");
            return;
        }
        int time = value("ts");
        if (time >= 0) {
            long nanos = slice(time, valueEnd(time)).nanos();
            timeIs(nanos < 0 || nanos > LARGEST_NANOS ? Slice.INVALID : nanos);
        }
        int protocolAt = value("proto");
        Slice transport = slice(Math.max(protocolAt, 0), protocolAt < 0 ? 0 : valueEnd(protocolAt));
        int protocol =
                transport.is("udp") ? TransportProtocol.UDP : transport.is("tcp") ? TransportProtocol.TCP : ABSENT;
        int codeAt = isAnswer ? value("rcode") : -1;
        long code = codeAt < 0 ? -1 : slice(codeAt, valueEnd(codeAt)).count();
        int typeAt = value("qtype");
        String type = typeAt < 0 ? "" : words.word(slice(typeAt, valueEnd(typeAt)));
        respond(
                name(slice(question, valueEnd(question))),
                type,
                remote,
                valueEnd(remote),
                protocol,
                code < 0 ? null : DnsCodes.responseCode(code));
    }

    /** Where the value of {@code key="value"} begins, or -1. */
    private int value(String key) {
        for (int i = find(at, key); i >= 0; i = find(i + 1, key)) {
            int after = i + key.length();
            if (bytes[i - (i > at ? 1 : 0)] == ' ' && startsWith(after, "=\"")) {
                return after + 2;
            }
        }
        return -1;
    }

    private int valueEnd(int from) {
        int quote = indexOf(from, end, '"');
        return quote < 0 ? end : quote;
    }

    static boolean isLikely(LogLine line) {
        return line.hasTag("pdns")
                || line.hasTag("pdns_recursor")
                || line.hasTag("pdns_server")
                || line.hasTag("pdns-recursor")
                || line.contains("question for '")
                || (line.contains("Remote ") && line.contains(" wants '"))
                || (line.contains("msg=\"") && line.contains("subsystem=\"") && line.contains("prio=\""));
    }
}
