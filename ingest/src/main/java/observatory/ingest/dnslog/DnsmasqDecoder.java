package observatory.ingest.dnslog;

import static observatory.ingest.observation.FlowObservation.ABSENT;

import java.util.List;
import observatory.geo.address.IpAddress;
import observatory.ingest.decode.Format;
import observatory.ingest.dnslog.AliasChains.Chain;
import observatory.ingest.observation.DeviceSighting;
import observatory.ingest.observation.DnsCodes;
import observatory.ingest.observation.DnsObservation.Answer;
import observatory.ingest.observation.MacAddress;
import observatory.ingest.observation.TransportProtocol;
import observatory.ingest.text.Slice;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the log of dnsmasq and Pi-hole ({@code log-queries}, {@code log-queries=extra}), and the leases that
 * {@code dnsmasq-dhcp} logs beside it:
 *
 * <pre>
 * query[A] www.example.com from 10.0.0.7
 * 5 10.0.0.7/42394 query[A] www.example.com from 10.0.0.7       with extra: number of the query, client, port
 * 5 10.0.0.7/42394 reply www.example.com is &lt;CNAME&gt;
 * 5 10.0.0.7/42394 reply edge.example.net is 192.0.2.7
 * DHCPACK(eth0) 10.0.0.7 00:15:65:aa:bb:cc t54w
 * </pre>
 *
 * <p>A query is an observation without answers; each line with an answer is one of its own, under the name that was asked
 * for, with the aliases on the way. A line of an alias tells nothing alone: it is {@code dnsmasq alias}, unused, and its
 * name is in the observation of the line it leads to. Without {@code extra} an answer has no client, and gets none.
 * A block brings the last lines of the block before in its header; an answer whose query stands further back, or in another
 * message, is known by the name in its own line.
 */
public final class DnsmasqDecoder extends LineDecoder {
    /** What stands for the number of the query in the key of an answer without one. */
    private static final long UNNUMBERED = -2;

    private final AliasChains chains = new AliasChains();

    private @Nullable IpAddress client;
    private int clientPort;
    private int protocol;
    private long serial;
    private String sensorId = "";

    public DnsmasqDecoder() {
        super(Format.DNSMASQ.observerType());
    }

    @Override
    void begin() {
        chains.clear();
    }

    @Override
    boolean remembers() {
        return true;
    }

    @Override
    void line() {
        if (prefix.tag().is("dnsmasq-dhcp")) {
            dhcp();
            return;
        }
        if (prefix.tag().is("dnsmasq-tftp") || prefix.tag().is("dnsmasq-script")) {
            unused("tftp");
            return;
        }
        readExtra();
        if (isAt("query[") || isAt("auth[")) {
            query();
        } else if (isAt("forwarded ")) {
            unused("forwarded");
        } else if (isAt("dnssec-query[") || isAt("dnssec-retry[") || isAt("validation ")) {
            unused("dnssec");
        } else if (isAt("DHCP") && isDhcpMessage()) {
            dhcp();
        } else {
            answerOrMessage();
        }
    }

    /** {@code [TCP ]number address/port } before the message; {@code *} stands for no number. */
    private void readExtra() {
        client = null;
        clientPort = ABSENT;
        protocol = ABSENT;
        serial = UNNUMBERED;
        sensorId = "";
        int start = at;
        int stated = skip("TCP ") ? TransportProtocol.TCP : skip("UDP ") ? TransportProtocol.UDP : ABSENT;
        int numberStart = at;
        while (at < end && at < numberStart + 12 && (bytes[at] >= '0' && bytes[at] <= '9' || bytes[at] == '*')) {
            at++;
        }
        int numberEnd = at;
        if (numberEnd == numberStart || numberEnd >= end || bytes[numberEnd] != ' ') {
            at = start;
            return;
        }
        at++;
        int wordStart = at;
        int wordEnd = indexOf(at, end, ' ');
        int slash = wordEnd < 0 ? -1 : lastIndexOf(at, wordEnd, '/');
        IpAddress address = slash < 0 ? null : address(wordStart, slash);
        if (address == null) {
            // "12 name is ..." happens with F_NOEXTRA: a number, but no client.
            at = wordStart;
        } else {
            client = address;
            clientPort = port(slash + 1, wordEnd);
            at = wordEnd + 1;
        }
        protocol = stated;
        long number = slice(numberStart, numberEnd).count();
        serial = number < 0 ? UNNUMBERED : number;
        if (serial != UNNUMBERED) {
            // A child that serves TCP counts on from its parent's number: only with the process is it one query's.
            sensorId = prefix.processId().length() == 0
                    ? Long.toString(serial)
                    : prefix.processId().text() + '/' + serial;
        }
    }

    private long key() {
        long process = 0;
        for (int i = 0; i < prefix.processId().length(); i++) {
            process = process * 31 + prefix.processId().charAt(i);
        }
        return (process << 40) ^ ((long) clientPort << 24) ^ serial;
    }

    private void query() {
        int open = indexOf(at, end, '[');
        int close = indexOf(at, end, ']');
        int from = close < 0 ? -1 : find(close, " from ");
        if (from < 0 || startsNot(close + 1)) {
            rejectMalformed("query[TYPE] NAME from ADDRESS");
            return;
        }
        String type = type(open + 1, close);
        String question = name(slice(Math.min(close + 2, from), from));
        int addressStart = from + " from ".length();
        int addressEnd = indexOf(addressStart, end, ' ');
        IpAddress asker = address(addressStart, addressEnd < 0 ? end : addressEnd);
        if (asker == null) {
            rejectValue("client", slice(addressStart, end), "an IP address");
            return;
        }
        // Without numbers, lines of one answer stand together: what comes after a question belongs to another one.
        chains.of(key()).begin(serial == UNNUMBERED ? null : question, serial == UNNUMBERED ? null : type);
        observeDns(sensorId, asker, clientPort, null, ABSENT, protocol, question, type, null, false, List.of());
    }

    private boolean startsNot(int space) {
        return space >= end || bytes[space] != ' ';
    }

    /** {@code A}, {@code HTTPS}, and {@code type=65} for types that this dnsmasq has no name for. */
    private String type(int from, int to) {
        Slice text = slice(from, to);
        if (startsWith(from, "type=")) {
            long number = slice(from + "type=".length(), to).count();
            return number < 0 || number > 65_535 ? text.text() : DnsCodes.type(number);
        }
        return words.word(text);
    }

    /** {@code SOURCE NAME is DATA}, where the source is reply, cached, config, a file, or "gravity blocked". */
    private void answerOrMessage() {
        int is = find(" is ");
        int nameStart = is < 0 ? -1 : lastIndexOf(at, is, ' ') + 1;
        if (nameStart <= at || !isSource(at, nameStart - 1)) {
            if (at >= end) {
                rejectMalformed("a message after the prefix");
            } else {
                unused("message");
            }
            return;
        }
        String name = questionOf(slice(nameStart, is));
        int dataStart = is + " is ".length();
        Chain chain = chains.of(key());
        if (startsWith(dataStart, "<CNAME>")) {
            chain.alias(name);
            unused("alias");
            return;
        }
        boolean isError = "error".equals(name);
        if (isError && (serial == UNNUMBERED || chain.question() == null)) {
            unused("error");
            return;
        }
        if (!isError) {
            chain.follow(name);
        }
        answer(chain, dataStart);
    }

    /** Sources are words that dnsmasq knows, or the path of a file that it read names from. */
    private boolean isSource(int from, int to) {
        Slice source = slice(from, to);
        return source.is("reply")
                || source.is("cached")
                || source.is("cached-stale")
                || source.is("config")
                || source.is("DHCP")
                || source.is("gravity blocked")
                || source.is("special domain")
                || isListed(source)
                || (bytes[from] == '/' && indexOf(from, to, ' ') < 0);
    }

    /** {@code exactly denied}, {@code regex blacklisted}: how Pi-hole says which of its lists decided. */
    private boolean isListed(Slice source) {
        String text = source.length() > 32 ? "" : source.text();
        boolean hasList = text.startsWith("exactly ") || text.startsWith("regex ") || text.startsWith("antigravity ");
        return hasList && (text.endsWith("ed") || text.endsWith("listed"));
    }

    private void answer(Chain chain, int dataStart) {
        int dataEnd = bytes[dataStart == end ? dataStart - 1 : dataStart] == '"' ? end : indexOf(dataStart, end, ' ');
        int stop = dataEnd < 0 ? end : dataEnd;
        int length = stop - dataStart;
        // pihole -t ends a coloured line with an escape.
        int escape = indexOf(dataStart, stop, (char) 0x1b);
        stop = escape < 0 ? stop : escape;
        Slice data = slice(dataStart, stop);
        if (length <= 0) {
            rejectMalformed("data after 'is'");
            return;
        }
        if (startsWith(dataStart, "NODATA")) {
            String type = data.is("NODATA-IPv4") ? "A" : data.is("NODATA-IPv6") ? "AAAA" : null;
            respond(chain, type, "NOERROR", null);
        } else if (data.is("NXDOMAIN")
                || data.is("SERVFAIL")
                || data.is("REFUSED")
                || data.is("FORMERR")
                || data.is("NOTIMP")) {
            respond(chain, null, words.word(data), null);
        } else if (bytes[dataStart] == '<') {
            // <SRV>, <HTTPS>, <MX>: of these only the type is logged.
            int close = indexOf(dataStart, stop, '>');
            String type = close < 0 ? null : type(dataStart + 1, close);
            respond(chain, "name".equals(type) ? null : type, "NOERROR", null);
        } else if (bytes[dataStart] == '"') {
            respond(chain, "TXT", "NOERROR", new Answer(data.text(), "TXT", ABSENT));
        } else if (data.is("duplicate") || data.is("blocked") || data.is("truncated")) {
            unused("message");
        } else {
            addressOrName(chain, dataStart, stop);
        }
    }

    private void addressOrName(Chain chain, int from, int to) {
        IpAddress address = IpAddress.parse(slice(from, to));
        if (address != null) {
            String type = address.isIpv4() ? "A" : "AAAA";
            respond(chain, type, "NOERROR", new Answer(address.toString(), type, ABSENT));
            return;
        }
        String name = name(slice(from, to));
        boolean isPointer = chain.question() != null && chain.question().endsWith(".arpa");
        if (name == null || !isPointer) {
            // Anything else is the text of some record; what type it has is not logged.
            respond(chain, null, "NOERROR", null);
        } else {
            respond(chain, "PTR", "NOERROR", new Answer(name, "PTR", ABSENT));
        }
    }

    private void respond(Chain chain, @Nullable String type, String code, @Nullable Answer answer) {
        observeDns(
                sensorId,
                client,
                clientPort,
                null,
                ABSENT,
                protocol,
                chain.question(),
                chain.type() != null ? chain.type() : type,
                code,
                true,
                chain.answers(answer));
    }

    /** The name asked for; where dnsmasq writes the address instead of its name below in-addr.arpa, that name. */
    private static @Nullable String questionOf(Slice text) {
        IpAddress address = IpAddress.parse(text);
        return address == null ? name(text) : reverse(address);
    }

    private static String reverse(IpAddress address) {
        byte[] octets = address.toBytes();
        StringBuilder name = new StringBuilder(72);
        for (int i = octets.length - 1; i >= 0; i--) {
            if (octets.length == 4) {
                name.append(octets[i] & 0xff).append('.');
            } else {
                name.append(Character.forDigit(octets[i] & 0xf, 16)).append('.');
                name.append(Character.forDigit(octets[i] >> 4 & 0xf, 16)).append('.');
            }
        }
        return name.append(octets.length == 4 ? "in-addr.arpa" : "ip6.arpa").toString();
    }

    private boolean isDhcpMessage() {
        int open = indexOf(at, end, '(');
        int space = indexOf(at, end, ' ');
        return open > 0 && (space < 0 || open < space);
    }

    /** {@code [number ]DHCPACK(interface) ADDRESS MAC [NAME]}; all other steps of the exchange assign nothing. */
    private void dhcp() {
        int start = at;
        while (at < end && bytes[at] >= '0' && bytes[at] <= '9') {
            at++;
        }
        at = at > start && at < end && bytes[at] == ' ' ? at + 1 : start;
        if (!isAt("DHCPACK(") && !isAt("DHCPREPLY(")) {
            unused("dhcp");
            return;
        }
        boolean isVersion6 = isAt("DHCPREPLY(");
        word();
        Slice first = word();
        IpAddress address = IpAddress.parse(first);
        if (address == null) {
            rejectValue("address", first, "an IP address");
            return;
        }
        Slice identifier = word();
        String mac = isVersion6 ? macOfIdentifier(identifier) : MacAddress.ecs(identifier);
        String hostName = at < end ? word().text() : null;
        if (mac == null && hostName == null) {
            unused("dhcp");
            return;
        }
        long time = time();
        if (time != Slice.INVALID) {
            observe(DeviceSighting.lease(
                    message().sensor(), message().site(), observerType(), time, address, mac, hostName, null, ABSENT));
        }
    }

    /** The MAC in a DHCP unique identifier of type 1 or 3 on Ethernet (RFC 8415 section 11); null in all others. */
    private static @Nullable String macOfIdentifier(Slice duid) {
        String text = duid.length() > 128 ? "" : duid.text();
        boolean hasTime = text.startsWith("00:01:00:01:");
        int from = hasTime ? "00:01:00:01:tt:tt:tt:tt:".length() : "00:03:00:01:".length();
        boolean isLinkLayer = hasTime || text.startsWith("00:03:00:01:");
        return isLinkLayer && text.length() > from ? MacAddress.ecs(text.substring(from)) : null;
    }

    /** Whether a line is likely one of these, for the recognition of files. */
    static boolean isLikely(LogLine line) {
        return line.hasTag("dnsmasq")
                || (line.isTimed()
                        && ((line.startsWith("query[") && line.contains(" from "))
                                || (line.startsWith("forwarded ") && line.contains(" to "))
                                || ((line.startsWith("reply ") || line.startsWith("cached "))
                                        && line.contains(" is "))));
    }
}
