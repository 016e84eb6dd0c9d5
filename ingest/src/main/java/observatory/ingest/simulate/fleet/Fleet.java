package observatory.ingest.simulate.fleet;

import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import observatory.ingest.simulate.internet.Table;

/**
 * Who is simulated. Two phones are the T54W of the 2021 observation, the first managed by the maker's cloud, the second
 * not; the rest are spread over makers and models by weight and over two sites three to two.
 * An evaluation has more sites, and its plants are chosen elsewhere.
 *
 * @param sites the sites
 * @param phones the phones, at the position of their index
 * @param plants what is planted; empty in a calm scenario
 * @param lookAlikes what is planted and must not be found
 */
public record Fleet(List<Site> sites, List<Phone> phones, List<Plant> plants, List<Plant> lookAlikes) {
    private static final long SECOND = 1_000_000;
    /** Index of an address that no phone has at the start. */
    private static final int SPARE = 1_000;

    private static final int BENIGN_UPDATE_DAY = 6;
    private static final String BENIGN_UPDATE_MODEL = "VVX 450";

    private static final List<Site> SITES = List.of(
            new Site("sim-zurich", 21, "eu", ZoneId.of("Europe/Zurich")),
            new Site("sim-denver", 22, "us", ZoneId.of("America/Denver")));

    private static final List<Site> MORE_SITES = List.of(
            new Site("sim-berlin", 23, "eu", ZoneId.of("Europe/Berlin")),
            new Site("sim-austin", 24, "us", ZoneId.of("America/Chicago")),
            new Site("sim-lisbon", 25, "eu", ZoneId.of("Europe/Lisbon")),
            new Site("sim-boston", 26, "us", ZoneId.of("America/New_York")),
            new Site("sim-athens", 27, "eu", ZoneId.of("Europe/Athens")),
            new Site("sim-seattle", 28, "us", ZoneId.of("America/Los_Angeles")));

    public Fleet {
        sites = List.copyOf(sites);
        phones = List.copyOf(phones);
        plants = List.copyOf(plants);
        lookAlikes = List.copyOf(lookAlikes);
    }

    /**
     * Plans a fleet.
     *
     * @param devices number of phones, 1..1000
     * @param days the days
     * @param seed everything random comes from it
     * @param planted whether the demo's events are planted
     */
    public static Fleet plan(int devices, Days days, long seed, boolean planted) {
        List<Phone> phones = settled(devices, SITES, days, seed, BENIGN_UPDATE_MODEL);
        return planted ? withPlants(phones, days, seed) : new Fleet(SITES, phones, List.of(), List.of());
    }

    /**
     * A fleet with nothing but its habits.
     *
     * @param devices number of phones, 1..5000
     * @param days the days
     * @param within seconds within which the phones begin
     * @param seed everything random comes from it
     */
    public static Fleet calm(int devices, Days days, int within, long seed) {
        int count = devices <= 240 ? 2 : devices <= 1_200 ? 4 : 8;
        List<Site> sites =
                Stream.concat(SITES.stream(), MORE_SITES.stream()).limit(count).toList();
        return new Fleet(sites, settled(devices, sites, days, seed, ""), List.of(), List.of())
                .staggered(days, within, seed);
    }

    /** The same, whose phones do not all begin in the same minutes, which no fleet does that has been there before. */
    private Fleet staggered(Days days, int within, long seed) {
        SplittableRandom random = new SplittableRandom(seed * 41);
        List<Phone> spread = phones.stream()
                .map(phone -> phone.withFirstBoot(days.begin() + (5 + random.nextInt(within)) * SECOND))
                .toList();
        return new Fleet(sites, spread, plants, lookAlikes);
    }

    /** Phones with their habits; those of one model update by themselves. */
    private static List<Phone> settled(int devices, List<Site> sites, Days days, long seed, String updating) {
        List<PhoneModel> models = chosen(devices);
        Map<String, Integer> seen = new HashMap<>();
        int[] used = new int[sites.size()];
        List<Phone> phones = new ArrayList<>(devices);
        for (int index = 0; index < devices; index++) {
            PhoneModel model = models.get(index);
            int ordinal = seen.merge(model.model(), 1, Integer::sum) - 1;
            int site = siteOf(model, ordinal, sites.size());
            Place place = new Place(index, ordinal, sites.get(site), used[site]++);
            SplittableRandom random = new SplittableRandom(seed * 31 + index);
            Phone phone = settle(model, place, days, random);
            boolean updates = model.model().equals(updating) && days.count() >= BENIGN_UPDATE_DAY;
            long night =
                    days.at(BENIGN_UPDATE_DAY, LocalTime.of(2, 0), phone.site().zone());
            phones.add(updates ? updated(phone, night, random) : phone);
        }
        return phones;
    }

    /** Two sites share three to two, more of them evenly. */
    private static int siteOf(PhoneModel model, int ordinal, int sites) {
        if (model.weight() == 0) {
            return 0;
        }
        return sites > 2 ? ordinal % sites : ordinal * 3 % 5 < 3 ? 0 : 1;
    }

    /** Where a phone stands: its number in the fleet, within its model and on its site. */
    private record Place(int index, int ordinal, Site site, int onSite) {}

    private static Phone settle(PhoneModel model, Place place, Days days, SplittableRandom random) {
        Site site = place.site();
        String mac = String.format(
                Locale.ROOT,
                "%s-%02X-%02X-%02X",
                model.prefix(),
                random.nextInt(256),
                place.index() / 256,
                place.index() % 256);
        String digits = mac.replace("-", "");
        String hostName =
                model.hostPrefix().equals("SEP") ? "SEP" + digits : model.hostPrefix() + "-" + digits.substring(6);
        boolean managed = model.weight() > 0 || place.ordinal() == 0;
        long boot = days.begin() + (5 + random.nextInt(700)) * SECOND;
        Phone phone = Phone.calm(place.index(), site, model, mac, hostName, managed, boot);
        for (long reboot : sundayReboots(model, site, days, random)) {
            phone = phone.withBoot(reboot);
        }
        List<Version> addresses = new ArrayList<>(List.of(new Version(0, site.phoneAddress(place.onSite()))));
        if (model.maker().equals("Snom")
                && place.ordinal() == 0
                && phone.boots().size() > 1) {
            // One lease is lost over a reboot, so one phone comes back under another address.
            addresses.add(new Version(phone.boots().get(1), site.phoneAddress(SPARE)));
        }
        return phone.withAddresses(addresses);
    }

    /** Some makers' phones restart by themselves every Sunday night. */
    private static List<Long> sundayReboots(PhoneModel model, Site site, Days days, SplittableRandom random) {
        List<Long> boots = new ArrayList<>();
        if (model.maker().equals("Snom") || model.maker().equals("Fanvil")) {
            for (int day = 2; day <= days.count(); day++) {
                if (days.first().plusDays(day - 1L).getDayOfWeek() == DayOfWeek.SUNDAY) {
                    boots.add(days.at(day, LocalTime.of(3, 0), site.zone()) + random.nextInt(1800) * SECOND);
                }
            }
        }
        return boots;
    }

    private static Phone updated(Phone phone, long notBefore, SplittableRandom random) {
        long update = notBefore + random.nextInt(1800) * SECOND;
        return phone.withUpdate(update, update + (360 + random.nextInt(60)) * SECOND);
    }

    private static Fleet withPlants(List<Phone> calm, Days days, long seed) {
        List<Phone> phones = new ArrayList<>(calm);
        SplittableRandom random = new SplittableRandom(~seed);
        int updated = 0;
        boolean foreign = days.count() < Plants.FOREIGN_DAY;
        boolean probing = days.count() < Plants.PROBE_DAY;
        for (Phone phone : calm) {
            boolean away = phone.site() != SITES.getFirst();
            if (phone.model().model().equals(Plants.UPDATED_MODEL)
                    && updated < Plants.UPDATED_PHONES
                    && days.count() >= Plants.UPDATE_DAY) {
                updated++;
                Phone next = updated(
                        phone,
                        days.at(
                                Plants.UPDATE_DAY,
                                Plants.UPDATE_TIME,
                                phone.site().zone()),
                        random);
                phones.set(phone.index(), next.collecting());
            } else if (phone.model().maker().equals(Plants.FOREIGN_MAKER) && away && !foreign) {
                foreign = true;
                phones.set(phone.index(), asking(phone, days));
            } else if (phone.model().maker().equals(Plants.PROBE_MAKER) && away && !probing) {
                probing = true;
                phones.set(phone.index(), probing(phone, days));
            }
        }
        return new Fleet(SITES, phones, Plants.in(phones, SITES, days), List.of());
    }

    private static Phone asking(Phone phone, Days days) {
        long from =
                days.at(Plants.FOREIGN_DAY, Plants.FOREIGN_TIME, phone.site().zone());
        return phone.withResolvers(List.of(phone.resolvers().getFirst(), new Version(from, Plants.FOREIGN_RESOLVER)));
    }

    private static Phone probing(Phone phone, Days days) {
        return phone.withProbe(
                days.at(Plants.PROBE_DAY, Plants.PROBE_TIME, phone.site().zone()));
    }

    /** The model of every phone: two of the first row, then by weight, largest remainder, in the order of the table. */
    private static List<PhoneModel> chosen(int devices) {
        List<PhoneModel> rows =
                Table.rows("models.tsv").stream().map(PhoneModel::parse).toList();
        List<PhoneModel> chosen = new ArrayList<>();
        while (chosen.size() < Math.min(2, devices)) {
            chosen.add(rows.getFirst());
        }
        double weight = rows.stream().mapToInt(PhoneModel::weight).sum();
        int rest = devices - chosen.size();
        double owed = 0;
        for (PhoneModel row : rows) {
            owed += row.weight() / weight * rest;
            while (chosen.size() < devices && owed >= 0.5) {
                chosen.add(row);
                owed--;
            }
        }
        while (chosen.size() < devices) {
            chosen.add(rows.getLast());
        }
        return chosen;
    }
}
