package observatory.ingest.simulate.behaviour;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import observatory.ingest.simulate.traffic.Connection;
import observatory.ingest.simulate.traffic.Side;
import observatory.ingest.simulate.traffic.Transport;

/**
 * Calls: two streams of G.711 (50 packets of 172 bytes a second) and their control packets, between the phone and a media
 * server whose address comes in SIP, never from DNS. They follow the site's working hours; a test call comes first. Four
 * in ten are heard from the server first, so that the server is the originator.
 */
final class Calls implements Behaviour {
    private static final long MOST_PER_HOUR = 2;
    private static final int SAMPLES = 4_000;
    private static final double[] WEEKDAY = {
        .002, .002, .002, .002, .002, .005, .02, .15, .6, .9, 1, .9, .4, .7, .95, .9, .8, .45, .15, .05, .02, .01, .005,
        .002
    };
    private static final double WEEKEND = 0.02;

    private final String media;
    private final int hosts;
    private final int lowestPort;
    private final int ports;
    private final double busy;
    private boolean tested;

    /**
     * Calls.
     *
     * @param media first three octets of the media servers' network, with the dot
     * @param hosts number of servers in it, from .10 on
     * @param lowestPort lowest port of a media server
     * @param ports number of ports in use
     * @param busy share of the busiest phone's calls, 0..1
     */
    Calls(String media, int hosts, int lowestPort, int ports, double busy) {
        this.media = media;
        this.hosts = hosts;
        this.lowestPort = lowestPort;
        this.ports = ports;
        this.busy = busy;
    }

    @Override
    public long first(Handset handset, long boot) {
        if (!tested) {
            tested = true;
            return boot + handset.between(60, 400) * Handset.SECOND;
        }
        return next(handset, boot + Handset.MINUTE);
    }

    @Override
    public long act(Handset handset, long now) {
        long start = now + handset.between(900, 9_000) * Handset.MILLI;
        long lasts = Math.min(length(handset), handset.until(now) - start);
        if (lasts < 2 * Handset.SECOND) {
            return next(handset, now + Handset.MINUTE);
        }
        int local = 11_780 + 2 * handset.random().nextInt(500);
        int remote = lowestPort + 2 * handset.random().nextInt(Math.max(1, ports / 2));
        String server = media + (10 + handset.random().nextInt(hosts));
        boolean inbound = handset.chance(0.4);
        long packets = Math.max(1, lasts / (20 * Handset.MILLI));
        long reports = 1 + lasts / (5 * Handset.SECOND);
        // A little loss each way, and a phone that is muted still sends.
        Side out = Side.datagrams(packets, packets * 172);
        long heard = packets - handset.between(0, packets / 200);
        Side in = Side.datagrams(heard, heard * 172);
        Side report = Side.datagrams(reports, reports * 92);
        carry(handset, inbound, start, lasts, new Ends(local, server, remote), out, in);
        carry(
                handset,
                inbound,
                start + 3 * Handset.SECOND,
                lasts,
                new Ends(local + 1, server, remote + 1),
                report,
                report);
        return next(handset, start + lasts + 5 * Handset.SECOND);
    }

    private record Ends(int local, String server, int remote) {}

    private static void carry(Handset handset, boolean inbound, long start, long lasts, Ends ends, Side out, Side in) {
        String phone = handset.phone().addressAt(start);
        Connection stream = new Connection(
                handset.uid(),
                start,
                lasts,
                inbound ? ends.server() : phone,
                inbound ? ends.remote() : ends.local(),
                inbound ? phone : ends.server(),
                inbound ? ends.local() : ends.remote(),
                Transport.UDP,
                null,
                "SF",
                "Dd",
                inbound ? in : out,
                inbound ? out : in,
                Handset.IDLE_UDP);
        handset.carry("call", null, stream);
    }

    /** Median two and a half minutes, one in fifty over half an hour, none over ninety minutes. */
    private static long length(Handset handset) {
        double sum = 0;
        for (int i = 0; i < 12; i++) {
            sum += handset.random().nextDouble();
        }
        double minutes = 2.5 * Math.exp((sum - 6) * 1.25);
        return Math.round(Math.min(90, Math.max(0.1, minutes)) * Handset.MINUTE);
    }

    /** Thins a steady stream of calls by the rhythm of the site's week. */
    private long next(Handset handset, long from) {
        long at = from;
        for (int i = 0; i < SAMPLES; i++) {
            double gap = -Math.log(1 - handset.random().nextDouble()) * Handset.HOUR / MOST_PER_HOUR;
            at += Math.max(Handset.SECOND, (long) gap);
            if (handset.chance(busy * rhythm(handset, at))) {
                return at;
            }
        }
        return NEVER;
    }

    private static double rhythm(Handset handset, long at) {
        ZonedDateTime local = Instant.EPOCH
                .plus(at, ChronoUnit.MICROS)
                .atZone(handset.phone().site().zone());
        boolean weekend = local.getDayOfWeek() == DayOfWeek.SATURDAY || local.getDayOfWeek() == DayOfWeek.SUNDAY;
        boolean holiday = handset.phone().site().holidays().contains(local.toLocalDate());
        return weekend || holiday ? WEEKEND : WEEKDAY[local.getHour()];
    }
}
