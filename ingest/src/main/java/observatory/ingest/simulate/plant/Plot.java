package observatory.ingest.simulate.plant;

import java.time.LocalTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import observatory.ingest.simulate.fleet.Days;
import observatory.ingest.simulate.fleet.Deed;
import observatory.ingest.simulate.fleet.Fleet;
import observatory.ingest.simulate.fleet.Phone;
import observatory.ingest.simulate.fleet.Plant;
import observatory.ingest.simulate.fleet.Site;
import observatory.ingest.simulate.fleet.Span;
import observatory.ingest.simulate.internet.HostedName;
import observatory.ingest.simulate.internet.Internet;

/**
 * A fleet while it is being planted. Every phone and every planted name is used for one event only, so that each finding
 * has one cause. Mutable, for one thread.
 */
final class Plot {
    static final long SECOND = 1_000_000;
    static final long MINUTE = 60 * SECOND;
    static final long HOUR = 60 * MINUTE;
    static final long DAY = 24 * HOUR;

    /** Kinds that whatever is contacted for the first time, by few, is as well. */
    static final List<String> NEWS =
            List.of("new-endpoint", "new-cloud", "new-country", "new-operator", "cohort-outlier");

    /** What is known before this day, from 1, is no news; so plants begin on it. */
    static final int FIRST_DAY = 5;

    /** Phones of the observation of 2021 have no cohort worth the name. */
    private static final String LONELY_MODEL = "T54W";

    private static final String[] WORDS = {
        "amber", "birch", "cedar", "delta", "ember", "fjord", "grove", "heron", "inlet", "jetty", "knoll", "lotus",
        "maple", "noble", "otter", "pearl", "quill", "raven", "slate", "tidal"
    };

    /** Number of an address that no phone of an evaluation has at first; the next ones are spare too. */
    private static final int SPARE = 940;

    private final Days days;
    private final SplittableRandom random;
    private final Internet internet;
    private final List<Site> sites;
    private final List<Phone> phones;
    private final Set<Integer> taken = new HashSet<>();
    private final Set<String> reservedModels = new HashSet<>(Set.of(LONELY_MODEL));
    private final Map<String, List<Ground>> grounds = new HashMap<>();
    private final List<Plant> plants = new ArrayList<>();
    private final List<Plant> lookAlikes = new ArrayList<>();
    private int names;
    private int spares;

    Plot(Fleet fleet, Days days, Internet internet, SplittableRandom random) {
        this.days = days;
        this.random = random;
        this.internet = internet;
        this.sites = new ArrayList<>(fleet.sites());
        this.phones = new ArrayList<>(fleet.phones());
    }

    Days days() {
        return days;
    }

    SplittableRandom random() {
        return random;
    }

    Internet internet() {
        return internet;
    }

    List<Site> sites() {
        return sites;
    }

    List<Phone> phones() {
        return phones;
    }

    /** What came of it. */
    World world() {
        return new World(new Fleet(sites, phones, plants, lookAlikes), internet);
    }

    /** One of several. */
    <T> T any(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    /** A phone that nothing happens to yet, and nothing else will. */
    Optional<Phone> take(Predicate<Phone> suits) {
        List<Phone> free = free(suits);
        if (free.isEmpty()) {
            return Optional.empty();
        }
        Phone phone = any(free);
        taken.add(phone.index());
        return Optional.of(phone);
    }

    /** Phones that nothing happens to, of models that are not reserved. */
    List<Phone> free(Predicate<Phone> suits) {
        return phones.stream()
                .filter(phone -> !taken.contains(phone.index()))
                .filter(phone -> !reservedModels.contains(phone.model().model()))
                .filter(suits)
                .toList();
    }

    /** Keeps all phones of a model for one event. */
    void reserve(String model) {
        reservedModels.add(model);
    }

    /** Changes a phone. */
    void change(Phone phone, UnaryOperator<Phone> how) {
        phones.set(phone.index(), how.apply(phones.get(phone.index())));
    }

    /** Gives a phone something to do. */
    void give(Phone phone, Deed deed) {
        change(phone, given -> given.withDeed(deed));
    }

    /** A name under a domain that nobody has heard of, hosted on a ground. */
    String name(Ground ground) {
        return name(ground, "api." + domain());
    }

    /** An address among the phones of a site that nobody has. */
    String spareAddress(Site site) {
        return site.phoneAddress(SPARE + spares++);
    }

    /** A given name, hosted on a ground. */
    String name(Ground ground, String name) {
        internet.add(HostedName.of(name, List.of(), ground.addresses(names++)));
        return name;
    }

    /** Lets a name be hosted on another ground from a moment on. */
    void move(String name, Ground ground, long at) {
        internet.move(at, HostedName.of(name, List.of(), ground.addresses(names++)));
    }

    /** The registrable domain of a planted name. */
    static String domainOf(String name) {
        String[] labels = name.split("\\.");
        return labels[labels.length - 2] + "." + labels[labels.length - 1];
    }

    private String domain() {
        return WORDS[names % WORDS.length] + "-" + WORDS[random.nextInt(WORDS.length)] + "-" + names + ".example";
    }

    /** A ground for a use that has not been given out; empty when all have. */
    Optional<Ground> unused(String use) {
        List<Ground> left = grounds.computeIfAbsent(use, key -> new ArrayList<>(Ground.of(key)));
        return left.isEmpty() ? Optional.empty() : Optional.of(left.remove(random.nextInt(left.size())));
    }

    /** A ground whose country and cloud every fleet knows, near a site. */
    static Ground known(Site site) {
        return known(site.region().equals("eu") ? "DE" : "US");
    }

    static Ground known(String country) {
        return Ground.of("known").stream()
                .filter(ground -> ground.what().equals(country))
                .findFirst()
                .orElseThrow();
    }

    /** A moment at which something new can begin: after learning, and four days before the end. */
    long moment() {
        return days.begin() + (FIRST_DAY - 1) * DAY + random.nextLong(Math.max(HOUR, lastBegin() - firstBegin()));
    }

    long firstBegin() {
        return days.begin() + (FIRST_DAY - 1) * DAY;
    }

    /** Later nothing begins but outages of sensors. */
    long lastBegin() {
        return days.end() - 4 * DAY;
    }

    /** A moment in a night of a site. */
    long night(Site site) {
        int day = FIRST_DAY + random.nextInt(Math.max(1, days.count() - 4 - FIRST_DAY));
        return days.at(day, LocalTime.of(1, 30), site.zone()) + random.nextLong(2 * HOUR);
    }

    /** From a moment to the end. */
    Span since(long from) {
        return new Span(from, days.end());
    }

    /** What a detector must find. */
    void plant(Plant plant) {
        plants.add(plant);
    }

    /** What it must not. */
    void lookAlike(Plant plant) {
        lookAlikes.add(plant);
    }
}
