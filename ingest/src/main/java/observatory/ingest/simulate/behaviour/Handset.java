package observatory.ingest.simulate.behaviour;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import observatory.ingest.simulate.fleet.Phone;
import observatory.ingest.simulate.internet.Answer;
import observatory.ingest.simulate.internet.Internet;
import observatory.ingest.simulate.traffic.Connection;
import observatory.ingest.simulate.traffic.Conversation;
import observatory.ingest.simulate.traffic.Handshake;
import observatory.ingest.simulate.traffic.Lease;
import observatory.ingest.simulate.traffic.Lookup;
import observatory.ingest.simulate.traffic.Side;
import observatory.ingest.simulate.traffic.Transport;
import observatory.ingest.simulate.traffic.Wire;
import org.jspecify.annotations.Nullable;

/**
 * A running phone's way to the network: it resolves names (and keeps answers for their lifetime), opens connections, and
 * puts what it did on the wire. All randomness of one phone comes from here, so that phones do not disturb each other.
 */
final class Handset {
    static final long MILLI = 1_000;
    static final long SECOND = 1_000_000;
    static final long MINUTE = 60 * SECOND;
    static final long HOUR = 60 * MINUTE;
    static final long DAY = 24 * HOUR;

    /** How long Zeek waits before it writes: tcp_close_delay, tcp_reset_delay, tcp_inactivity_timeout, and so on. */
    static final long AFTER_CLOSE = 5 * SECOND;

    static final long AFTER_RESET = 100 * MILLI;
    static final long AFTER_ATTEMPT = 5 * SECOND;
    static final long IDLE_TCP = 5 * MINUTE;
    static final long IDLE_UDP = MINUTE;
    static final long IDLE_DNS = 10 * SECOND;

    private static final int SEGMENT = 1448;
    private static final String UID_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final int UID_LENGTH = 17;

    private final Phone phone;
    private final Internet internet;
    private final Wire wire;
    private final SplittableRandom random;
    private final long end;
    private final Map<String, Kept> answers = new HashMap<>();
    private final Set<String> sessions = new HashSet<>();
    private int port;

    Handset(Phone phone, Internet internet, Wire wire, SplittableRandom random, long end) {
        this.phone = phone;
        this.internet = internet;
        this.wire = wire;
        this.random = random;
        this.end = end;
        this.port = 32768 + random.nextInt(20000);
    }

    /** An answer in the phone's own cache. */
    private record Kept(String address, long answeredAt, long until) {}

    /**
     * An address to connect to.
     *
     * @param address the address
     * @param ready when the phone has it
     */
    record Resolved(String address, long ready) {}

    Phone phone() {
        return phone;
    }

    SplittableRandom random() {
        return random;
    }

    /** A random span. */
    long between(long least, long most) {
        return random.nextLong(least, most + 1);
    }

    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    /** The moment until which a connection can last: the next boot, switching off, or the end of the simulation. */
    long until(long now) {
        long last = Math.min(phone.nextBoot(now), phone.nextAbsence(now));
        return Math.min(end, last == Long.MAX_VALUE ? last : last - 2 * SECOND);
    }

    /** Forgets what a phone forgets when it starts. */
    void start() {
        answers.clear();
        sessions.clear();
    }

    /** The address of a name, asked for only when no kept answer is alive. */
    Resolved resolve(String name, long now) {
        @Nullable Kept kept = answers.get(name);
        if (kept == null || kept.until() <= now) {
            kept = ask(name, now);
            answers.put(name, kept);
        }
        return new Resolved(kept.address(), Math.max(now, kept.answeredAt()) + between(200, 3 * MILLI));
    }

    private Kept ask(String name, long now) {
        String resolver = phone.resolverAt(now);
        if (resolver.equals(phone.site().secondResolver())) {
            Side question = Side.datagrams(2, 2 * (18L + name.length()));
            carry(
                    "lookup",
                    null,
                    udp(now - 3 * SECOND, SECOND, nextPort(), phone.site().resolver(), 53, question, Side.SILENT));
        }
        Answer answer = internet.resolve(resolver, phone.site().region(), name, now);
        List<String> records = new ArrayList<>(answer.chain());
        List<Long> lifetimes = new ArrayList<>(Collections.nCopies(records.size(), answer.chainLifetime()));
        if (phone.model().maker().equals("Yealink") && phone.model().model().startsWith("MeetingBar")) {
            // Android asks for both families at once; these names have no IPv6 address here.
            lookup(
                    resolver,
                    new Lookup(transaction(), name, Lookup.Type.AAAA, roundTrip(), records, lifetimes),
                    now + 90);
        }
        records.addAll(answer.addresses());
        lifetimes.addAll(Collections.nCopies(answer.addresses().size(), answer.lifetime()));
        Lookup lookup = new Lookup(transaction(), name, Lookup.Type.A, roundTrip(), records, lifetimes);
        lookup(resolver, lookup, now);
        return new Kept(answer.addresses().getFirst(), now + lookup.roundTrip(), now + answer.keepFor() * SECOND);
    }

    /** Asks for the servers of a service, as SIP phones do (RFC 3263), and does nothing with the answer. */
    void askForService(String service, String target, long now) {
        Lookup lookup =
                new Lookup(transaction(), service, Lookup.Type.SRV, roundTrip(), List.of(target), List.of(3600L));
        lookup(phone.resolverAt(now), lookup, now);
    }

    private int transaction() {
        return random.nextInt(65536);
    }

    /** Most answers are in the resolver's cache already. */
    private long roundTrip() {
        return chance(0.7) ? between(300, 2 * MILLI) : between(8 * MILLI, 60 * MILLI);
    }

    private void lookup(String resolver, Lookup lookup, long now) {
        long question = 18 + lookup.question().length();
        long answer = question;
        for (String record : lookup.answers()) {
            answer += Character.isDigit(record.charAt(record.length() - 1)) ? 16 : 14 + record.length();
        }
        Connection connection = new Connection(
                uid(),
                now,
                lookup.roundTrip(),
                phone.addressAt(now),
                nextPort(),
                resolver,
                53,
                Transport.UDP,
                "dns",
                "SF",
                "Dd",
                Side.datagrams(1, question),
                Side.datagrams(1, answer),
                IDLE_DNS);
        wire.carry(new Conversation(phone.index(), connection, "lookup", null, lookup, null, null));
    }

    /** A whole TLS session. */
    Connection tls(Exchange exchange, long now) {
        Resolved server = resolve(exchange.name(), now);
        return tls(exchange, server, exchange.took(), 1, "SF");
    }

    /**
     * A TLS session that is held open.
     *
     * @param exchange what is said
     * @param server the resolved server
     * @param lasts microseconds from handshake to the last packet
     * @param rounds number of requests with their answers
     * @param state {@code SF}, {@code RSTO}, {@code RSTR}, or {@code S1} when it was open at the end
     */
    Connection tls(Exchange exchange, Resolved server, long lasts, long rounds, String state) {
        return tls(exchange, server, lasts, rounds, state, null);
    }

    /** A whole session of an outdated TLS. */
    void oldTls(Exchange exchange, long now) {
        tls(exchange, resolve(exchange.name(), now), exchange.took(), 1, "SF", "TLSv10");
    }

    /** A session of one version of TLS, which is not resumed; of a modern one when it is null. */
    private Connection tls(
            Exchange exchange, Resolved server, long lasts, long rounds, String state, @Nullable String old) {
        long start = server.ready();
        long away = distance(server.address());
        boolean resumed = old == null && !sessions.add(exchange.name()) && chance(0.6);
        long up = exchange.up() + (resumed ? between(560, 760) : between(900, 2_900));
        long down = exchange.down() + (resumed ? between(280, 420) : between(3_100, 5_200));
        String version = old != null ? old : chance(0.75) ? "TLSv13" : "TLSv12";
        Handshake handshake = new Handshake(start + away, (resumed ? 1 : 2) * away, exchange.name(), version, resumed);
        Connection connection =
                tcp(start, 4 * away + lasts, server.address(), exchange.port(), "ssl", state, up, down, rounds + 2);
        wire.carry(new Conversation(
                phone.index(), connection, exchange.purpose(), exchange.name(), null, handshake, null));
        return connection;
    }

    /** Plain HTTP: Zeek logs the connection, and here nothing else. */
    long http(Exchange exchange, long now) {
        Resolved server = resolve(exchange.name(), now);
        long away = distance(server.address());
        Connection connection = tcp(
                server.ready(),
                2 * away + exchange.took(),
                server.address(),
                exchange.port(),
                "http",
                "SF",
                exchange.up(),
                exchange.down(),
                1);
        carry(exchange.purpose(), exchange.name(), connection);
        return connection.end();
    }

    /** A TCP connection from this phone with the packets that so many bytes and rounds take. */
    Connection tcp(
            long start,
            long duration,
            String server,
            int serverPort,
            @Nullable String service,
            String state,
            long up,
            long down,
            long rounds) {
        long upSegments = Math.max(rounds, (up + SEGMENT - 1) / SEGMENT);
        long downSegments = Math.max(rounds, (down + SEGMENT - 1) / SEGMENT);
        boolean closed = state.equals("SF");
        long sent = 2 + upSegments + downSegments / 2 + (closed ? 1 : 0);
        long received = 1 + downSegments + upSegments / 2 + (closed ? 1 : 0);
        return new Connection(
                uid(),
                start,
                duration,
                phone.addressAt(start),
                nextPort(),
                server,
                serverPort,
                Transport.TCP,
                service,
                state,
                historyOf(state),
                Side.segments(sent, up, true),
                Side.segments(received, down, true),
                lingerOf(state));
    }

    private static String historyOf(String state) {
        return switch (state) {
            case "SF" -> "ShADadFf";
            case "RSTO" -> "ShADadR";
            case "RSTR" -> "ShADadr";
            default -> "ShADad";
        };
    }

    private static long lingerOf(String state) {
        return switch (state) {
            case "SF" -> AFTER_CLOSE;
            case "RSTO", "RSTR" -> AFTER_RESET;
            default -> IDLE_TCP;
        };
    }

    /**
     * Datagrams to a server and back.
     *
     * @param start first packet
     * @param lasts first to last packet
     */
    Connection udp(long start, long lasts, int localPort, String server, int serverPort, Side sent, Side received) {
        boolean answered = received.packets() > 0;
        return new Connection(
                uid(),
                start,
                lasts,
                phone.addressAt(start),
                localPort,
                server,
                serverPort,
                Transport.UDP,
                null,
                answered ? "SF" : "S0",
                answered ? "Dd" : "D",
                sent,
                received,
                IDLE_UDP);
    }

    /** Puts a connection on the wire. */
    void carry(String purpose, @Nullable String name, Connection connection) {
        wire.carry(new Conversation(phone.index(), connection, purpose, name, null, null, null));
    }

    /** Puts a DHCP exchange on the wire. */
    void carry(Connection connection, Lease lease) {
        wire.carry(new Conversation(phone.index(), connection, "lease", null, null, null, lease));
    }

    /** Microseconds of one round trip to a server: fixed per network, so that it looks like distance. */
    long distance(String address) {
        int dot = address.indexOf('.', address.indexOf('.') + 1);
        long network = address.substring(0, dot).hashCode() * 0x9E3779B97F4A7C15L >>> 40;
        return 6 * MILLI + network % (30 * MILLI) + between(0, 2 * MILLI);
    }

    int nextPort() {
        port = port >= 60999 ? 32768 : port + 1 + random.nextInt(3);
        return port;
    }

    /** A connection id that looks like Zeek's. */
    String uid() {
        char[] letters = new char[UID_LENGTH + 1];
        letters[0] = 'C';
        long bits = random.nextLong() & Long.MAX_VALUE;
        for (int i = 1; i <= UID_LENGTH; i++) {
            if (i == 10) {
                bits = random.nextLong() & Long.MAX_VALUE;
            }
            letters[i] = UID_LETTERS.charAt((int) (bits % UID_LETTERS.length()));
            bits /= UID_LETTERS.length();
        }
        return new String(letters);
    }
}
