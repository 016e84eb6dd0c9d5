package observatory.ingest.simulate.fleet;

import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What is planted in the demo, and when. Days count from 1; a plant whose day or phone is not part of the simulation is
 * left out.
 */
public final class Plants {
    /** The endpoint that nobody contacts before the update of day 9. RFC 2606 keeps the name free. */
    public static final String COLLECTOR = "collect.handset-insights.example";

    /** The resolver that is not the site's. */
    public static final String FOREIGN_RESOLVER = "8.8.8.8";

    static final int UPDATE_DAY = 9;
    static final String UPDATED_MODEL = "GRP2614";
    static final int UPDATED_PHONES = 5;
    static final LocalTime UPDATE_TIME = LocalTime.of(2, 30);

    static final int FOREIGN_DAY = 2;
    static final String FOREIGN_MAKER = "Fanvil";
    static final LocalTime FOREIGN_TIME = LocalTime.of(10, 5);

    static final int PROBE_DAY = 11;
    static final String PROBE_MAKER = "Cisco";
    static final LocalTime PROBE_TIME = LocalTime.of(13, 17);
    static final long PROBE_MICROS = 6 * 60_000_000L;

    static final int SILENCE_DAY = 12;
    static final LocalTime SILENCE_TIME = LocalTime.of(10, 40);
    static final long SILENCE_MICROS = 3 * 3600_000_000L;

    /** Makers whose phones register over plain UDP in the demo, as many still do. */
    private static final Set<String> CLEAR_MAKERS = Set.of("Fanvil", "Snom");

    private Plants() {}

    /** What is planted in a fleet whose phones have their plans already. */
    static List<Plant> in(List<Phone> phones, List<Site> sites, Days days) {
        List<Plant> plants = new ArrayList<>();
        plants.addAll(collector(phones, days));
        foreignResolver(phones, days).ifPresent(plants::add);
        probe(phones).ifPresent(plants::add);
        if (days.count() >= SILENCE_DAY) {
            plants.add(silence(sites.getFirst(), days));
        }
        for (Site site : sites) {
            registrations(site, phones, days).ifPresent(plants::add);
        }
        return plants;
    }

    private static Optional<Plant> registrations(Site site, List<Phone> phones, Days days) {
        List<Integer> clear = phones.stream()
                .filter(phone -> phone.site().equals(site))
                .filter(phone -> CLEAR_MAKERS.contains(phone.model().maker()))
                .map(Phone::index)
                .toList();
        return clear.isEmpty()
                ? Optional.empty()
                : Optional.of(new Plant(
                        "cleartext-management",
                        clear.size() > 1 ? "site" : "device",
                        site.name(),
                        clear,
                        days.begin(),
                        days.end(),
                        "ringcentral.com",
                        clear.size() + " phones register over SIP without TLS",
                        List.of()));
    }

    private static List<Plant> collector(List<Phone> phones, Days days) {
        List<Phone> updated = phones.stream().filter(Phone::collects).toList();
        if (updated.isEmpty()) {
            return List.of();
        }
        long from = updated.stream()
                .mapToLong(phone -> phone.firmware().getLast().from())
                .min()
                .orElseThrow();
        String who = updated.size() + " phones of model " + UPDATED_MODEL + " update their firmware and from then on ";
        return List.of(
                collected(
                        "new-endpoint",
                        updated,
                        from,
                        days,
                        who + "contact " + COLLECTOR + ", which nobody in the fleet contacted before"),
                collected("new-beacon", updated, from, days, who + "contact " + COLLECTOR + " every four hours or so"));
    }

    private static Plant collected(String kind, List<Phone> updated, long from, Days days, String text) {
        return new Plant(
                kind,
                "fleet",
                "",
                updated.stream().map(Phone::index).toList(),
                from,
                days.end(),
                "handset-insights.example",
                text,
                List.of());
    }

    private static Optional<Plant> foreignResolver(List<Phone> phones, Days days) {
        return first(phones, phone -> phone.resolvers().size() > 1)
                .map(phone -> new Plant(
                        "foreign-resolver",
                        "device",
                        phone.site().name(),
                        List.of(phone.index()),
                        phone.resolvers().getLast().from(),
                        days.end(),
                        FOREIGN_RESOLVER,
                        "a phone asks " + FOREIGN_RESOLVER + " instead of the site's resolver "
                                + phone.site().resolver(),
                        List.of()));
    }

    private static Optional<Plant> probe(List<Phone> phones) {
        return first(phones, phone -> phone.probe() != null).map(phone -> {
            long from = phone.probe() == null ? 0 : phone.probe();
            return new Plant(
                    "lan-probe",
                    "device",
                    phone.site().name(),
                    List.of(phone.index()),
                    from,
                    from + PROBE_MICROS,
                    phone.addressAt(from),
                    "a phone tries four ports of 90 hosts of its LAN within six minutes",
                    List.of());
        });
    }

    private static Plant silence(Site site, Days days) {
        long from = days.at(SILENCE_DAY, SILENCE_TIME, site.zone());
        return new Plant(
                "sensor-silent",
                "sensor",
                site.name(),
                List.of(),
                from,
                from + SILENCE_MICROS,
                site.name(),
                "the sensor writes nothing; conversations that overlap the silence are in no log",
                List.of());
    }

    private static Optional<Phone> first(List<Phone> phones, Predicate<Phone> wanted) {
        return phones.stream().filter(wanted).findFirst();
    }
}
