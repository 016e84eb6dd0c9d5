package observatory.ingest.simulate.plant;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import observatory.ingest.simulate.fleet.Days;
import observatory.ingest.simulate.fleet.Deed.Manner;
import observatory.ingest.simulate.fleet.Fleet;
import observatory.ingest.simulate.internet.Internet;

/**
 * What is planted in an evaluation: every kind of finding and every look-alike, as often as the fleet has room for. Who
 * is concerned, when, and in which of several variants is drawn from the seed.
 */
public final class EvaluationPlan {
    /** Phones begin within this time. */
    private static final int FIRST_BOOTS_SECONDS = 5_400;

    /** One plant of each kind for so many phones. */
    private static final int PHONES_PER_PLANT = 200;

    private static final int MOST = 5;
    private static final int FTP = 21;
    private static final int TELNET = 23;
    private static final int TFTP = 69;
    private static final int HTTP = 80;
    private static final int HTTPS = 443;
    private static final int SIP = 5060;

    /** Outages are on days of their own, so one fleet has one of each. */
    private static final List<Planting> ONCE = List.of(
            new MassUpdate(),
            new OfficeHoliday(),
            new ResolverOutage(),
            new SilentSensor("sensor-silent"),
            new SilentSensor("coverage-gap"),
            new Standing("ntp-pool-rotation", "ntp.org", "another of seventeen time servers at every question"),
            new Standing("long-session", "yealink.com", "sessions of hours that are logged in pieces, without a name"));

    /** Of each list the variants take turns; the pickiest come first. */
    private static final List<List<Planting>> OFTEN = List.of(
            List.of(new NewEndpoint("device")),
            List.of(new NewEndpoint("cohort")),
            List.of(new NewEndpoint("site")),
            List.of(new CohortOutlier()),
            List.of(new ReusedAddress()),
            List.of(new ContentRotation()),
            List.of(new ClockChange()),
            List.of(new NewEndpoint("fleet")),
            List.of(new DormantEndpoint()),
            List.of(new NewGround("cloud")),
            List.of(new NewGround("country")),
            List.of(new NewOperator()),
            List.of(new NewBeacon(false), new NewBeacon(true)),
            List.of(new ChangedBeacon("period"), new ChangedBeacon("size"), new ChangedBeacon("place")),
            List.of(new ResidencyBreach()),
            List.of(new NamelessDestination()),
            List.of(new ForeignResolver()),
            List.of(new HiddenDns("dot"), new HiddenDns("doh")),
            List.of(new Upload()),
            List.of(new LanProbe()),
            List.of(new InboundService(false), new InboundService(true)),
            List.of(
                    new Cleartext(Manner.HTTP, HTTP),
                    new Cleartext(Manner.TFTP, TFTP),
                    new Cleartext(Manner.TELNET, TELNET),
                    new Cleartext(Manner.FTP, FTP),
                    new Cleartext(Manner.SIP, SIP),
                    new Cleartext(Manner.OLD_TLS, HTTPS)),
            List.of(new SilentDevice()));

    private EvaluationPlan() {}

    /**
     * Plans an evaluation.
     *
     * @param devices number of phones, 1..5000; below about 60 some plants find no phone and are left out
     * @param days the days, at least ten
     * @param seed everything random comes from it
     */
    public static World of(int devices, Days days, long seed) {
        Plot plot = new Plot(
                Fleet.calm(devices, days, FIRST_BOOTS_SECONDS, seed),
                days,
                Internet.load(),
                new SplittableRandom(seed * 7_919 + 17));
        ONCE.forEach(planting -> planting.in(plot));
        int times = Math.max(1, Math.min(MOST, devices / PHONES_PER_PLANT));
        for (List<Planting> variants : OFTEN) {
            int turn = plot.random().nextInt(variants.size());
            for (Planting planting : turns(variants, turn, times)) {
                planting.in(plot);
            }
        }
        return plot.world();
    }

    private static List<Planting> turns(List<Planting> variants, int first, int times) {
        List<Planting> chosen = new ArrayList<>(times);
        for (int i = 0; i < times; i++) {
            chosen.add(variants.get((first + i) % variants.size()));
        }
        return chosen;
    }
}
