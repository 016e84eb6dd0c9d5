package observatory.ingest.dnslog;

import static observatory.ingest.observation.FlowObservation.ABSENT;

import java.util.List;
import observatory.geo.address.IpAddress;
import observatory.ingest.decode.Format;
import observatory.ingest.observation.DnsCodes;
import observatory.ingest.observation.TransportProtocol;
import observatory.ingest.syslog.SyslogPrefix;
import observatory.ingest.text.Slice;
import org.jspecify.annotations.Nullable;

/**
 * Decodes BIND's query log (category {@code queries}), with any of the prefixes that a channel may be told to print, and
 * by syslog:
 *
 * <pre>
 * 22-Nov-2026 17:47:55.212 queries: info: client @0x7f42bc2d9098 10.0.0.7#46306 (www.example.com): view phones:
 *     query: www.example.com IN A +E(0)K (192.0.2.53)
 * 2026-11-22T17:47:55.212Z client 10.0.0.7#46306: query: www.example.com IN A + (192.0.2.53)     all on one line
 * </pre>
 *
 * <p>The log has no answers; those are in BIND's dnstap. All other categories are unused.
 */
public final class BindDecoder extends LineDecoder {
    private static final String QUERY = "query: ";

    /** A category, a severity and a program name may stand before the client. */
    private static final int PREFIX_WORDS = 4;

    public BindDecoder() {
        super(Format.BIND_QUERY.observerType());
    }

    @Override
    void line() {
        readOwnTime();
        int client = find("client ");
        if (client < 0 || !isAfterPrefixes(client)) {
            unused("message");
            return;
        }
        at = client + "client ".length();
        if (isAt("@0x")) {
            word();
        }
        int peerEnd = at;
        while (peerEnd < end && bytes[peerEnd] != ' ' && !(bytes[peerEnd] == ':' && isEndOfPeer(peerEnd))) {
            peerEnd++;
        }
        int hash = indexOf(at, peerEnd, '#');
        IpAddress asker = hash < 0 ? null : address(at, hash);
        int query = find(QUERY);
        if (query < 0) {
            unused("client");
            return;
        }
        if (asker == null) {
            rejectValue("client", slice(at, peerEnd), "ADDRESS#PORT");
            return;
        }
        int port = port(hash + 1, peerEnd);
        at = query + QUERY.length();
        query(asker, port);
    }

    /** {@code 22-Nov-2026 17:47:55.212 }: the default of {@code print-time}; the ISO forms are the prefix's to read. */
    private void readOwnTime() {
        int year = at + 7;
        boolean isDate = at + 20 <= end && bytes[at + 2] == '-' && bytes[at + 6] == '-' && bytes[at + 11] == ' ';
        int month = isDate ? SyslogPrefix.month(bytes, at + 3) : 0;
        if (month == 0) {
            return;
        }
        long day = slice(at, at + 2).count();
        long fullYear = slice(year, year + 4).count();
        int timeStart = at + 12;
        int timeEnd = indexOf(timeStart, end, ' ');
        long time = timeEnd < 0 ? Slice.INVALID : clockTime(timeStart, timeEnd);
        if (time == Slice.INVALID || day < 0 || fullYear < 0) {
            timeIs(Slice.INVALID);
            return;
        }
        int second = (int) (time / 1_000_000_000L);
        timeIs(clock().nanos((int) fullYear, month, (int) day, second, time % 1_000_000_000L));
        at = timeEnd + 1;
        skipSpaces();
    }

    /** Only words that end in a colon, a program and its process among them, may stand before the client. */
    private boolean isAfterPrefixes(int client) {
        int i = at;
        for (int words = 0; i < client && words <= PREFIX_WORDS; words++) {
            int space = indexOf(i, client, ' ');
            if (space < 0 || bytes[space - 1] != ':') {
                return false;
            }
            i = space + 1;
        }
        return i == client;
    }

    private boolean isEndOfPeer(int colon) {
        return colon + 1 >= end || bytes[colon + 1] == ' ';
    }

    /** {@code NAME CLASS TYPE FLAGS (ADDRESS) [ECS ...]}. */
    private void query(IpAddress asker, int port) {
        String question = name(word());
        Slice dnsClass = word();
        if (dnsClass.length() == 0) {
            rejectMalformed("query: NAME CLASS TYPE FLAGS (ADDRESS)");
            return;
        }
        Slice typeWord = word();
        String type = typeWord.length() == 0 ? null : DnsCodes.fromGeneric(words.word(typeWord));
        Slice flags = word();
        boolean isTcp = false;
        for (int i = 0; i < flags.length() && flags.charAt(i) != '('; i++) {
            isTcp |= flags.charAt(i) == 'T';
        }
        observeDns(
                "",
                asker,
                port,
                resolver(),
                ABSENT,
                isTcp ? TransportProtocol.TCP : TransportProtocol.UDP,
                question,
                type,
                null,
                false,
                List.of());
    }

    private @Nullable IpAddress resolver() {
        int open = indexOf(at, end, '(');
        int close = open < 0 ? -1 : indexOf(open, end, ')');
        return close < 0 ? null : address(open + 1, close);
    }

    static boolean isLikely(LogLine line) {
        boolean isClient = line.contains("client ") && line.contains("#");
        return isClient
                && (line.hasTag("named")
                        || line.contains(" query: ")
                        || line.contains("security: ")
                        || line.contains(": query (cache)")
                        || line.contains(": query '")
                        || line.contains("zone transfer"));
    }
}
