package observatory.ingest.simulate.fleet;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One simulated phone and what is going to happen to it.
 *
 * @param index position in the fleet, from 0
 * @param site where it stands
 * @param model what it is
 * @param mac {@code 80-5E-C0-00-00-01}
 * @param hostName name it gives itself
 * @param managed whether the maker's cloud manages it
 * @param addresses its addresses, oldest first; a new one begins with a boot
 * @param firmware its versions, oldest first; a new one begins with a boot
 * @param resolvers whom it asks for names, oldest first
 * @param boots when it boots, microseconds since 1970, ascending; never empty
 * @param absences when it is off; it boots when an absence is over
 * @param update download of a new firmware; null when it never updates
 * @param probe when it probes its LAN; null when it never does
 * @param collects whether its next firmware collects for {@link Plants#COLLECTOR}
 * @param deeds what it does besides its habits
 */
public record Phone(
        int index,
        Site site,
        PhoneModel model,
        String mac,
        String hostName,
        boolean managed,
        List<Version> addresses,
        List<Version> firmware,
        List<Version> resolvers,
        List<Long> boots,
        List<Span> absences,
        @Nullable Long update,
        @Nullable Long probe,
        boolean collects,
        List<Deed> deeds) {

    public Phone {
        addresses = List.copyOf(addresses);
        firmware = List.copyOf(firmware);
        resolvers = List.copyOf(resolvers);
        boots = List.copyOf(boots);
        absences = List.copyOf(absences);
        deeds = List.copyOf(deeds);
    }

    /** A phone with nothing but its habits, which boots once. */
    static Phone calm(int index, Site site, PhoneModel model, String mac, String hostName, boolean managed, long boot) {
        return new Phone(
                index,
                site,
                model,
                mac,
                hostName,
                managed,
                List.of(new Version(0, site.phoneAddress(index))),
                List.of(new Version(0, model.firmware())),
                List.of(new Version(0, site.resolver())),
                List.of(boot),
                List.of(),
                null,
                null,
                false,
                List.of());
    }

    /** The same with these addresses, oldest first. */
    public Phone withAddresses(List<Version> other) {
        return with(site, other, firmware, resolvers, boots, absences, update, probe, collects, deeds);
    }

    /** The same with these resolvers, oldest first. */
    public Phone withResolvers(List<Version> other) {
        return with(site, addresses, firmware, other, boots, absences, update, probe, collects, deeds);
    }

    /** The same, when something has changed about its site. */
    public Phone withSite(Site other) {
        return with(other, addresses, firmware, resolvers, boots, absences, update, probe, collects, deeds);
    }

    /** The same, which boots with its next firmware, wherever that came from. */
    public Phone withFirmware(long boot) {
        List<Version> versions = List.of(firmware.getFirst(), new Version(boot, model.nextFirmware()));
        return with(
                site, addresses, versions, resolvers, sorted(boots, boot), absences, update, probe, collects, deeds);
    }

    /** The same, whose first boot is at another time, before the second. */
    Phone withFirstBoot(long boot) {
        List<Long> later = sorted(boots.subList(1, boots.size()), boot);
        return with(site, addresses, firmware, resolvers, later, absences, update, probe, collects, deeds);
    }

    /** The same, which also boots at a time. */
    public Phone withBoot(long boot) {
        return with(
                site, addresses, firmware, resolvers, sorted(boots, boot), absences, update, probe, collects, deeds);
    }

    /** The same, which downloads its next firmware at one time and boots with it at another. */
    public Phone withUpdate(long download, long boot) {
        List<Version> versions = List.of(firmware.getFirst(), new Version(boot, model.nextFirmware()));
        return with(
                site, addresses, versions, resolvers, sorted(boots, boot), absences, download, probe, collects, deeds);
    }

    /** The same, which is off for a time, and boots when it is over. */
    public Phone withAbsence(Span off) {
        List<Span> spans = new ArrayList<>(absences);
        spans.add(off);
        spans.sort(Comparator.comparingLong(Span::from));
        return with(
                site, addresses, firmware, resolvers, sorted(boots, off.to()), spans, update, probe, collects, deeds);
    }

    /** The same, which probes its LAN at a time. */
    Phone withProbe(long at) {
        return with(site, addresses, firmware, resolvers, boots, absences, update, at, collects, deeds);
    }

    /** The same, whose next firmware collects. */
    Phone collecting() {
        return with(site, addresses, firmware, resolvers, boots, absences, update, probe, true, deeds);
    }

    /** The same, which does one thing more. */
    public Phone withDeed(Deed deed) {
        List<Deed> more = new ArrayList<>(deeds);
        more.add(deed);
        return with(site, addresses, firmware, resolvers, boots, absences, update, probe, collects, more);
    }

    private static List<Long> sorted(List<Long> boots, long another) {
        List<Long> all = new ArrayList<>(boots);
        all.add(another);
        all.sort(Comparator.naturalOrder());
        return all;
    }

    private Phone with(
            Site site,
            List<Version> addresses,
            List<Version> firmware,
            List<Version> resolvers,
            List<Long> boots,
            List<Span> absences,
            @Nullable Long update,
            @Nullable Long probe,
            boolean collects,
            List<Deed> deeds) {
        return new Phone(
                index, site, model, mac, hostName, managed, addresses, firmware, resolvers, boots, absences, update,
                probe, collects, deeds);
    }

    public String addressAt(long time) {
        return valueAt(addresses, time);
    }

    public String firmwareAt(long time) {
        return valueAt(firmware, time);
    }

    public String resolverAt(long time) {
        return valueAt(resolvers, time);
    }

    /** The first boot after a time; {@link Long#MAX_VALUE} when there is none. */
    public long nextBoot(long time) {
        for (long boot : boots) {
            if (boot > time) {
                return boot;
            }
        }
        return Long.MAX_VALUE;
    }

    /** When it is switched off next; {@link Long#MAX_VALUE} when it never is. */
    public long nextAbsence(long time) {
        for (Span absence : absences) {
            if (absence.from() > time) {
                return absence.from();
            }
        }
        return Long.MAX_VALUE;
    }

    /** Whether it is off. */
    public boolean isOff(long time) {
        return absences.stream().anyMatch(absence -> absence.holds(time));
    }

    /** What its DHCP option 60 says: {@code Yealink SIP-T46U 108.86.0.45}. */
    public String vendorClassAt(long time) {
        return model.product() + " " + firmwareAt(time);
    }

    private static String valueAt(List<Version> versions, long time) {
        String value = versions.getFirst().value();
        for (Version version : versions) {
            if (version.from() <= time) {
                value = version.value();
            }
        }
        return value;
    }
}
