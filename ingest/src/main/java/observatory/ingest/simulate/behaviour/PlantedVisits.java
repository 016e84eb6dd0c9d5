package observatory.ingest.simulate.behaviour;

import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import observatory.ingest.simulate.fleet.Deed;
import observatory.ingest.simulate.traffic.Connection;
import observatory.ingest.simulate.traffic.Side;
import org.jspecify.annotations.Nullable;

/** What a phone was planted to do: visits one after the other, in one manner and rhythm. */
final class PlantedVisits implements Behaviour {
    private static final double MISSED = 0.025;
    private static final double JITTER = 0.02;

    private final Deed deed;

    PlantedVisits(Deed deed) {
        this.deed = deed;
    }

    @Override
    public long first(Handset handset, long boot) {
        long from = deed.during().from();
        if (boot <= from) {
            return from;
        }
        return deed.every() == 0 ? NEVER : within(next(handset, boot));
    }

    @Override
    public long act(Handset handset, long now) {
        boolean begins = now == deed.during().from();
        if (begins || deed.rhythm() == Deed.Rhythm.IRREGULAR || !handset.chance(MISSED)) {
            visit(handset, now);
        }
        return deed.every() == 0 ? NEVER : within(next(handset, now));
    }

    private long within(long time) {
        return time < deed.during().to() ? time : NEVER;
    }

    private long next(Handset handset, long now) {
        return switch (deed.rhythm()) {
            case STEADY ->
                now
                        + Math.round(deed.every()
                                * (1 + JITTER * (2 * handset.random().nextDouble() - 1)));
            case IRREGULAR ->
                now
                        + Math.max(
                                Handset.MINUTE,
                                Math.round(-Math.log(1 - handset.random().nextDouble()) * deed.every()));
            case LOCAL_DAILY -> tomorrow(handset, now) + handset.between(0, Handset.MINUTE);
        };
    }

    /** The time of day of the first visit, tomorrow. */
    private long tomorrow(Handset handset, long now) {
        ZonedDateTime first = local(handset, deed.during().from());
        ZonedDateTime next = local(handset, now).plusDays(1).with(first.toLocalTime());
        return ChronoUnit.MICROS.between(Instant.EPOCH, next.toInstant());
    }

    private static ZonedDateTime local(Handset handset, long time) {
        return Instant.EPOCH
                .plus(time, ChronoUnit.MICROS)
                .atZone(handset.phone().site().zone());
    }

    private void visit(Handset handset, long now) {
        long took = handset.between(100, 400) * Handset.MILLI + (deed.up() + deed.down()) / 4;
        Exchange exchange = new Exchange(
                deed.purpose(),
                deed.target(),
                deed.port(),
                around(handset, deed.up()),
                around(handset, deed.down()),
                took);
        switch (deed.manner()) {
            case TLS -> handset.tls(exchange, now);
            case OLD_TLS -> handset.oldTls(exchange, now);
            case HTTP -> open(handset, exchange, "http", now);
            case FTP -> open(handset, exchange, "ftp", now);
            case TELNET, NAMELESS -> open(handset, exchange, null, now);
            case TFTP -> datagrams(handset, exchange, null, now);
            case SIP -> datagrams(handset, exchange, "sip", now);
            case CALLED -> called(handset, exchange, now);
            case PROBE -> throw new IllegalStateException("a probe is no visit");
        }
    }

    /** Sizes of one kind of visit differ by a few in a hundred. */
    private static long around(Handset handset, long typical) {
        return typical + handset.between(-typical / 25, typical / 25);
    }

    private static void open(Handset handset, Exchange exchange, @Nullable String service, long now) {
        Handset.Resolved server = server(handset, exchange, now);
        Connection connection = handset.tcp(
                server.ready(),
                2 * handset.distance(server.address()) + exchange.took(),
                server.address(),
                exchange.port(),
                service,
                "SF",
                exchange.up(),
                exchange.down(),
                2);
        handset.carry(exchange.purpose(), nameOf(exchange), connection);
    }

    private static void datagrams(Handset handset, Exchange exchange, @Nullable String service, long now) {
        Handset.Resolved server = server(handset, exchange, now);
        Side sent = Side.datagrams(1 + exchange.up() / 512, exchange.up());
        Side received = Side.datagrams(1 + exchange.down() / 512, exchange.down());
        Connection plain = handset.udp(
                server.ready(), exchange.took(), handset.nextPort(), server.address(), exchange.port(), sent, received);
        handset.carry(exchange.purpose(), nameOf(exchange), plain.knownAs(service));
    }

    /** Somebody opens a connection to the phone. */
    private static void called(Handset handset, Exchange exchange, long now) {
        Connection outward = handset.tcp(
                now, exchange.took(), exchange.name(), exchange.port(), null, "SF", exchange.up(), exchange.down(), 2);
        handset.carry(
                exchange.purpose(),
                null,
                new Connection(
                        outward.uid(),
                        outward.start(),
                        outward.duration(),
                        exchange.name(),
                        outward.originPort(),
                        outward.origin(),
                        exchange.port(),
                        outward.transport(),
                        outward.service(),
                        outward.state(),
                        outward.history(),
                        outward.received(),
                        outward.sent(),
                        outward.linger()));
    }

    private static Handset.Resolved server(Handset handset, Exchange exchange, long now) {
        return nameOf(exchange) == null
                ? new Handset.Resolved(exchange.name(), now)
                : handset.resolve(exchange.name(), now);
    }

    /** The name, when the other side is not told by its address. */
    private static @Nullable String nameOf(Exchange exchange) {
        String target = exchange.name();
        return Character.isDigit(target.charAt(target.length() - 1)) ? null : target;
    }
}
