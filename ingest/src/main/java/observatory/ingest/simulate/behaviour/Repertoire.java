package observatory.ingest.simulate.behaviour;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import observatory.ingest.simulate.fleet.Deed;
import observatory.ingest.simulate.fleet.Phone;

/** Which habits which phone has. Names are from the endpoint catalogue; how often is a guess, and only simulated. */
final class Repertoire {
    private static final long SECOND = Handset.SECOND;
    private static final long MINUTE = Handset.MINUTE;
    private static final long HOUR = Handset.HOUR;
    private static final long DAY = Handset.DAY;
    private static final int MEDIA_PORTS = 40_000;

    private final Phone phone;
    private final Conduct conduct;
    private final List<Behaviour> habits = new ArrayList<>();

    private Repertoire(Phone phone, Conduct conduct) {
        this.phone = phone;
        this.conduct = conduct;
    }

    /** The habits of a phone, and what it does besides. */
    static List<Behaviour> of(Phone phone, Conduct conduct, SplittableRandom random) {
        Repertoire repertoire = new Repertoire(phone, conduct);
        repertoire.add(new LeaseRenewal());
        if (conduct.idle()) {
            repertoire.time("pool.ntp.org", false);
            repertoire.errand("management", "fdms.fanvil.com", 1_500, 700, 28 * SECOND, DAY);
            repertoire.planted();
            return repertoire.habits;
        }
        switch (phone.model().maker()) {
            case "Yealink" -> repertoire.yealink(random);
            case "Poly" -> repertoire.poly(random);
            case "Snom" -> repertoire.snom(random);
            case "Grandstream" -> repertoire.grandstream(random);
            case "Cisco" -> repertoire.cisco(random);
            default -> repertoire.fanvil(random);
        }
        repertoire.add(new CertificateCheck());
        repertoire.planted();
        return repertoire.habits;
    }

    private void yealink(SplittableRandom random) {
        add(new PlugAndPlay());
        if (phone.model().model().startsWith("MeetingBar")) {
            teamsRoom(random);
            return;
        }
        boolean desk = phone.model().weight() == 0;
        add(new Redirection(desk ? "rps.yealink.com" : "rpscloud.yealink.com"));
        time(desk && !phone.managed() ? "cn.pool.ntp.org" : "pool.ntp.org", false);
        provisioning("yp.ringcentral.com", DAY);
        errand("firmware", "yp.ringcentral.com", 600, 1_900, 50 * SECOND, DAY);
        registration();
        calls(random);
        if (desk && phone.managed()) {
            // The 2021 observation: three times a day, to an address of Alibaba's international cloud.
            errand("management", "dm.yealink.com", 3_400, 1_300, 30 * SECOND, 8 * HOUR);
        } else if (!desk) {
            String cloud = phone.site().region() + ".ymcs.yealink.com";
            Exchange opening = new Exchange("management", cloud, 443, 2_400, 1_500, 2 * SECOND);
            add(new PiecewiseSession(opening, 29 * MINUTE * conduct.leisure()));
        }
    }

    private void teamsRoom(SplittableRandom random) {
        add(new Redirection("rpscloud.yealink.com"));
        add(new TimeSync("time.android.com", 6 * HOUR, false));
        errand("firmware", "yl-us-dmfile.yealinkops.com", 700, 2_600, 52 * SECOND, DAY);
        errand("sign-in", "login.microsoftonline.com", 4_200, 9_800, 10 * SECOND, HOUR);
        errand("signalling", "teams.microsoft.com", 2_100, 5_400, 14 * SECOND, 30 * MINUTE);
        errand("telemetry", "eu-teams.events.data.microsoft.com", 7_500, 420, 20 * SECOND, 30 * MINUTE);
        errand("management", "agent.rooms.microsoft.com", 1_900, 1_200, 26 * SECOND, HOUR);
        Exchange portal = new Exchange("portal", "connectivitycheck.gstatic.com", 80, 190, 120, 20 * Handset.MILLI);
        add(new Errand(portal, 6 * SECOND, HOUR, false));
        add(new HeldSession("push", "mtalk.google.com", 5228, 12 * SECOND, 25));
        add(new Calls("52.112.200.", 40, 3478, 4, (0.2 + 0.3 * random.nextDouble()) / conduct.leisure()));
    }

    private void poly(SplittableRandom random) {
        add(new Redirection("ztp.polycom.com"));
        time("pool.ntp.org", false);
        provisioning("pp.ringcentral.com", DAY);
        registration();
        calls(random);
        errand("firmware", "swupdate.lens.poly.com", 600, 2_300, 50 * SECOND, DAY);
        errand("management", "api.silica-prod01.io.lens.poly.com", 1_700, 900, 28 * SECOND, 32 * MINUTE);
        add(new HeldSession("telemetry", "lens-iot-prod-iothub-eastus2.azure-devices.net", 443, 32 * SECOND, 34));
        add(new LocalHabits());
    }

    private void snom(SplittableRandom random) {
        add(new Redirection("secure-provisioning.snom.com"));
        time("pool.ntp.org", true);
        provisioning("snm.ringcentral.com", DAY);
        datagramRegistration();
        calls(random);
        errand("firmware", "provisioning.snom.com", 500, 1_400, 50 * SECOND, DAY);
        errand("management", "sraps.snom.com", 1_100, 800, 28 * SECOND, 31 * MINUTE);
        add(new LocalHabits());
    }

    private void grandstream(SplittableRandom random) {
        time("pool.ntp.org", false);
        errand("redirection", "fm.grandstream.com", 500, 1_700, 8 * SECOND, DAY);
        provisioning("unf.ringcentral.com", DAY);
        registration();
        calls(random);
        errand("management", "acs.gdms.cloud", 2_600, 1_100, 28 * SECOND, 30 * MINUTE);
    }

    private void cisco(SplittableRandom random) {
        add(new Redirection("activate.cisco.com"));
        time("ntp1.ringcentral.com", false);
        provisioning("cp.ringcentral.com", 2 * HOUR);
        registration();
        calls(random);
        errand("firmware", "cloudupgrader.webex.com", 700, 2_100, 50 * SECOND, DAY);
        Exchange renewal = new Exchange("certificate", "sudirenewal.cisco.com", 80, 420, 350, 200 * Handset.MILLI);
        add(new Errand(renewal, 60 * SECOND, 2 * DAY, false));
        add(new LocalHabits());
    }

    private void fanvil(SplittableRandom random) {
        add(new Redirection("fdps.fanvil.com"));
        time("pool.ntp.org", false);
        provisioning("unf.ringcentral.com", DAY);
        datagramRegistration();
        calls(random);
        errand("firmware", "download.fanvil.com", 500, 1_500, 50 * SECOND, DAY);
        errand("management", "fdms.fanvil.com", 1_500, 700, 28 * SECOND, 31 * MINUTE);
    }

    private void planted() {
        Long update = phone.update();
        if (update != null) {
            add(new FirmwareDownload(files(), update));
        }
        if (phone.collects()) {
            add(new Collection());
        }
        Long probe = phone.probe();
        if (probe != null) {
            add(new LanProbe(probe));
        }
        for (Deed deed : phone.deeds()) {
            add(deed.manner() == Deed.Manner.PROBE ? new LanProbe(deed.during().from()) : new PlantedVisits(deed));
        }
    }

    /** Where its maker keeps firmware. */
    private String files() {
        return switch (phone.model().maker()) {
            case "Poly" -> "swupdate.lens.poly.com";
            case "Snom" -> "provisioning.snom.com";
            case "Cisco" -> "cloudupgrader.webex.com";
            case "Fanvil" -> "download.fanvil.com";
            case "Yealink" -> "yp.ringcentral.com";
            default -> "fm.grandstream.com";
        };
    }

    /** The one telephony provider's proxies; half the fleet on each. */
    private String sip() {
        return phone.index() % 2 == 0 ? "sip10.ringcentral.com" : "sip20.ringcentral.com";
    }

    private void registration() {
        add(new HeldSession("registration", sip(), 5096, 15 * SECOND, 61));
    }

    private void datagramRegistration() {
        if (conduct.encrypted()) {
            registration();
        } else {
            add(new DatagramRegistration(sip(), 5090));
        }
    }

    private void time(String name, boolean sticky) {
        add(new TimeSync(name, HOUR * conduct.leisure(), sticky));
    }

    private void calls(SplittableRandom random) {
        String media = phone.site().region().equals("eu") ? "80.81.131." : "66.81.251.";
        add(new Calls(media, 60, 20_000, MEDIA_PORTS, (0.3 + 0.6 * random.nextDouble()) / conduct.leisure()));
    }

    private void provisioning(String name, long every) {
        errand("provisioning", name, 900, 14_000, 10 * SECOND, every);
    }

    private void errand(String purpose, String name, long up, long down, long afterBoot, long every) {
        Exchange typical = new Exchange(purpose, name, 443, up, down, 400 * Handset.MILLI);
        boolean daily = every >= 8 * HOUR;
        add(new Errand(typical, afterBoot, daily ? every : every * conduct.leisure() / conduct.intensity()));
    }

    private void add(Behaviour habit) {
        habits.add(habit);
    }
}
