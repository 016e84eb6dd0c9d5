package observatory.jobs.finding.novelty;

import static observatory.jobs.finding.Samples.DAY;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import observatory.geo.party.Party;
import observatory.geo.party.Service;
import observatory.geo.place.Place;
import observatory.jobs.attribute.Device;
import observatory.jobs.finding.Finding;
import observatory.jobs.finding.Finding.Kind;
import observatory.jobs.finding.Samples;
import observatory.jobs.rollup.Destination;
import observatory.jobs.rollup.Naming;
import observatory.jobs.rollup.Rollup;
import observatory.jobs.rollup.Volume;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

@NullUnmarked
class NoveltyTest {
    private static final long WINDOW = Rollup.WINDOW_MILLIS;
    private final Novelty novelty = new Novelty(3 * DAY, 30 * DAY);

    @Test
    void nothingIsNewsWhileTheSiteIsLearning() throws Exception {
        assertThat(after(visits("a", "x.com", 0), visits("a", "y.com", 2 * DAY)))
                .isEmpty();
    }

    @Test
    void whatNobodyContactedBeforeIsNewsToTheFleetEvenFromANewPhone() throws Exception {
        assertThat(after(daily("a", "x.com", 0, 9), visits("b", "y.com", 9 * DAY)))
                .singleElement()
                .satisfies(news -> {
                    assertThat(news.scope()).isEqualTo("fleet");
                    assertThat(news.cause()).isEqualTo("y.com|fleet|fleet|1970-01-10");
                    assertThat(news.facts()).anyMatch(fact -> fact.contains("disputed between CN, DE"));
                });
    }

    @Test
    void whatOthersContactIsNoNewsFromANewPhoneButFromAnOldOne() throws Exception {
        List<Rollup> life = join(daily("a", "x.com", 0, 9), daily("b", "y.com", 0, 9));

        assertThat(after(life, visits("c", "y.com", 9 * DAY))).isEmpty();
        assertThat(after(life, visits("a", "y.com", 9 * DAY)))
                .extracting(Finding::scope)
                .containsExactly("device");
    }

    @Test
    void whatFiveOfItsCohortDoIsNoNewsFromAnother() throws Exception {
        List<Rollup> life = new ArrayList<>(daily("a", "x.com", 0, 9));
        for (String other : List.of("b", "c", "d", "e", "f")) {
            life.addAll(daily(other, "y.com", 0, 9));
        }
        assertThat(after(life, visits("a", "y.com", 9 * DAY))).isEmpty();
    }

    @Test
    void aNewSiteLearnsFirst() throws Exception {
        List<Rollup> old = daily("a", "x.com", 0, 9);
        Device elsewhere = at("b", "bern", "96.86");

        assertThat(after(old, List.of(Samples.rollup(elsewhere, "y.com", 8 * DAY))))
                .isEmpty();
        assertThat(after(
                        old,
                        List.of(
                                Samples.rollup(elsewhere, "y.com", 5 * DAY),
                                Samples.rollup(elsewhere, "x.com", 9 * DAY))))
                .extracting(Finding::cause)
                .containsExactly("x.com|site|bern|1970-01-10");
    }

    @Test
    void contactInsideTheNetworkIsNeverNews() throws Exception {
        assertThat(after(daily("a", "x.com", 0, 9), visits("a", "local", 9 * DAY)))
                .isEmpty();
    }

    @Test
    void aMassUpdateThatContactsANewEndpointMakesOneFinding() throws Exception {
        try (Chain chain = new Chain(novelty, 0)) {
            List<Rollup> all = new ArrayList<>();
            for (int phone = 0; phone < 500; phone++) {
                all.addAll(daily("p" + phone, "x.com", phone * 1_000, 9));
                Device updated = at("p" + phone, "zurich", "96.87");
                long night = 9 * DAY + phone * 30_000L; // the new firmware is rolled out in the course of a night
                all.add(Samples.rollup(updated, "x.com", night));
                all.add(Samples.rollup(updated, "new.com", night + 1_000));
                all.add(Samples.rollup(updated, "new.com", night + 2 * DAY));
            }
            chain.take(all).until(20 * DAY);

            assertThat(chain.findings()).singleElement().satisfies(news -> {
                assertThat(news.cause()).isEqualTo("new.com|fleet|fleet|1970-01-10");
                assertThat(news.devices()).isEqualTo(500);
                assertThat(news.count()).isEqualTo(1_000);
            });
            assertThat(chain.told()).isLessThan(24);
        }
    }

    @Test
    void aRolloutOverWeeksIsStillOneFinding() throws Exception {
        List<Rollup> all = new ArrayList<>();
        for (int phone = 0; phone < 30; phone++) {
            all.addAll(daily("p" + phone, "x.com", 0, 40));
            all.addAll(visits("p" + phone, "new.com", (9 + phone) * DAY));
        }
        assertThat(after(all))
                .singleElement()
                .satisfies(news -> assertThat(news.devices()).isEqualTo(30));
    }

    @Test
    void aPhoneThatMovesOrIsReaddressedIsNotANewPhone() throws Exception {
        Device moved =
                new Device("a", "zurich", "10.9.9.9", null, null, "Yealink", "T54W", "96.86", null, null, 9 * DAY);

        assertThat(after(
                        join(daily("a", "x.com", 0, 9), daily("b", "y.com", 0, 9)),
                        List.of(Samples.rollup(moved, "x.com", 9 * DAY), Samples.rollup(moved, "y.com", 10 * DAY))))
                .extracting(Finding::cause)
                .containsExactly("y.com|device|a|1970-01-11");
    }

    @Test
    void aPoolOfNamelessAddressesIsNewsOnce() throws Exception {
        Destination one = nameless("AS13335 104.16.0.0/12", 13335, Place.State.ANYCAST);
        Destination other = nameless("AS13335 172.64.0.0/13", 13335, Place.State.ANYCAST);

        assertThat(after(
                        daily("a", "x.com", 0, 9),
                        List.of(rollup("a", one, 9 * DAY, 0), rollup("a", other, 12 * DAY, 0))))
                .extracting(Finding::cause)
                .containsExactly("AS13335|fleet|fleet|1970-01-10");
    }

    @Test
    void contactWhoseNameWasNotLoggedIsRememberedButNoNews() throws Exception {
        Destination pool = nameless("AS13335 104.16.0.0/13", 13_335, Place.State.ANYCAST);
        Destination host = nameless("AS25 128.32.0.0/16", 25, Place.State.AGREED);
        List<Rollup> missed = List.of(rollup("a", pool, 8 * DAY, 0), rollup("a", host, 8 * DAY, 0));
        List<Rollup> later = List.of(rollup("b", pool, 9 * DAY, 0), rollup("b", host, 9 * DAY, 0));
        try (Chain chain = new Chain(novelty, 0)) {
            chain.take(daily("a", "x.com", 0, 9)).takeWhileNamesAreMissing(missed, 1_800_000L);
            assertThat(chain.until(9 * DAY).findings()).isEmpty();
            assertThat(chain.seen()).containsKey("DEVICE|a|AS25 128.32.0.0/16");

            chain.take(later).until(200 * DAY);
            assertThat(chain.findings()).extracting(Finding::cause).containsExactly("FR|fleet|fleet|1970-01-10");
        }
    }

    @Test
    void aTimeServerWithoutANameIsNoNews() throws Exception {
        Destination volunteer = nameless("AS64500 192.0.2.0/24", 64500, Place.State.AGREED);

        assertThat(after(daily("a", "x.com", 0, 9), List.of(rollup("a", volunteer, 9 * DAY, 1))))
                .isEmpty();
    }

    @Test
    void anEndpointThatComesBackAfterLongIsToldOnce() throws Exception {
        List<Finding> found =
                after(daily("a", "x.com", 0, 60), visits("a", "y.com", 0), visits("a", "y.com", 45 * DAY));

        assertThat(found).singleElement().satisfies(back -> {
            assertThat(back.kind()).isEqualTo(Kind.DORMANT_ENDPOINT);
            assertThat(back.scope()).isEqualTo("fleet");
            assertThat(back.headline()).contains("contacted again after 44 days");
        });
    }

    @Test
    void whatASilentSensorDidNotSeeHasNotSlept() throws Exception {
        assertThat(after(daily("a", "x.com", 0, 5), daily("a", "x.com", 45 * DAY, 5)))
                .isEmpty();
    }

    @Test
    void anEndpointThatMovesToAnotherCountryAndCloudIsToldOfBoth() throws Exception {
        Destination here = placed("x.com", Place.State.AGREED, List.of("DE"), "aws");
        Destination there = placed("x.com", Place.State.AGREED, List.of("US"), "azure");
        List<Rollup> life = new ArrayList<>();
        for (int day = 0; day < 9; day++) {
            life.add(rollup("a", here, day * DAY, 0));
        }
        life.add(rollup("a", there, 9 * DAY, 0));

        assertThat(after(life))
                .extracting(Finding::kind, Finding::cause)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple(Kind.NEW_COUNTRY, "US|fleet|fleet|1970-01-10"),
                        org.assertj.core.groups.Tuple.tuple(Kind.NEW_CLOUD, "azure|fleet|fleet|1970-01-10"));
    }

    @Test
    void aDisputedPlaceIsNeverANewCountry() throws Exception {
        Destination disputed = placed("x.com", Place.State.DISPUTED, List.of("CN", "US"), "aws");
        Destination here = placed("x.com", Place.State.AGREED, List.of("DE"), "aws");

        assertThat(after(List.of(
                        rollup("a", here, 0, 0), rollup("a", here, 8 * DAY, 0), rollup("a", disputed, 9 * DAY, 0))))
                .isEmpty();
    }

    @Test
    void aJobThatStartsBesideStoredEndpointsMakesNoStorm() throws Exception {
        List<Seen> stored;
        try (Chain before = new Chain(novelty, 0)) {
            before.take(join(daily("a", "x.com", 0, 9), daily("b", "y.com", 0, 9)))
                    .until(10 * DAY);
            stored = List.copyOf(before.seen().values());
        }
        try (Chain chain = new Chain(novelty, 0)) {
            chain.seed(stored);
            chain.take(join(daily("a", "x.com", 10 * DAY, 2), daily("b", "y.com", 10 * DAY, 2)));
            chain.take(visits("a", "z.com", 12 * DAY)).until(20 * DAY);

            assertThat(chain.findings()).extracting(Finding::cause).containsExactly("z.com|fleet|fleet|1970-01-13");
            assertThat(chain.seen().get("FLEET|fleet|x.com").flows()).isEqualTo(11);
            assertThat(chain.seen().get("FLEET|fleet|x.com").firstMillis()).isZero();
        }
    }

    @Test
    void newsOfAGuessedNameSaysSo() throws Exception {
        Volume none = Volume.ZERO;
        Volume one = new Volume(1, 1_400);
        Naming guessed = new Naming(none, none, one, none, none, none, none, none, none, none, none, none);
        Rollup contact = Samples.rollup(at("a", "zurich", "96.86"), "y.com", 9 * DAY, guessed);

        assertThat(after(daily("a", "x.com", 0, 9), List.of(contact)))
                .singleElement()
                .satisfies(news -> assertThat(news.missing()).anyMatch(doubt -> doubt.contains("guessed")));
    }

    @Test
    void whatWasForgottenAndIsNewAgainIsAnotherFinding() throws Exception {
        assertThat(after(daily("a", "x.com", 0, 120), visits("a", "y.com", 9 * DAY), visits("a", "y.com", 100 * DAY)))
                .extracting(Finding::kind, Finding::cause)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple(Kind.NEW_ENDPOINT, "y.com|fleet|fleet|1970-01-10"),
                        org.assertj.core.groups.Tuple.tuple(Kind.NEW_ENDPOINT, "y.com|fleet|fleet|1970-04-11"));
    }

    @Test
    void allStateIsForgottenInTheEnd() throws Exception {
        try (Chain chain = new Chain(novelty, 0)) {
            chain.take(busyLife()).until(30 * DAY);
            assertThat(chain.stateEntries()).isPositive();
            chain.until(120 * DAY);
            assertThat(chain.stateEntries()).isZero();
        }
    }

    @Test
    void aRestartChangesNothing() throws Exception {
        try (Chain straight = new Chain(novelty, 0);
                Chain restarted = new Chain(novelty, 0)) {
            for (long day = 0; day < 40; day++) {
                List<Rollup> today = on(day);
                straight.take(today).until((day + 1) * DAY);
                restarted.take(today);
                restarted.restart();
                restarted.until((day + 1) * DAY);
            }
            assertThat(restarted.findings()).isEqualTo(straight.findings()).isNotEmpty();
            assertThat(restarted.seen()).isEqualTo(straight.seen());
        }
    }

    @Test
    void shuffledInputWithinTheLatenessGivesTheSame() throws Exception {
        long lateness = 2 * DAY;
        List<Rollup> life = busyLife();
        try (Chain inOrder = new Chain(novelty, lateness);
                Chain shuffled = new Chain(novelty, lateness)) {
            take(inOrder, life).until(100 * DAY);
            for (long day = 0; day < 45; day += 1) {
                List<Rollup> two = new ArrayList<>(on(day));
                two.addAll(day > 0 ? on(day - 1) : List.of()); // all of yesterday comes again
                Collections.shuffle(two, new Random(day));
                take(shuffled, two).until((day + 1) * DAY);
            }
            shuffled.until(100 * DAY);
            assertThat(shuffled.findings()).isEqualTo(inOrder.findings()).isNotEmpty();
            assertThat(shuffled.seen()).isEqualTo(inOrder.seen());
        }
    }

    /** What one phone does is as if its names had not been logged, and waits for half an hour. */
    private static Chain take(Chain chain, List<Rollup> rollups) throws Exception {
        Map<Boolean, List<Rollup>> named = rollups.stream()
                .collect(Collectors.partitioningBy(
                        rollup -> !rollup.device().key().equals("p1")));
        return chain.take(named.get(true)).takeWhileNamesAreMissing(named.get(false), 1_800_000L);
    }

    private static List<Rollup> on(long day) {
        return busyLife().stream()
                .filter(rollup -> Math.floorDiv(rollup.windowMillis(), DAY) == day)
                .toList();
    }

    /** Twenty phones for forty days; some contact something new, some change firmware. */
    private static List<Rollup> busyLife() {
        List<Rollup> life = new ArrayList<>();
        Random random = new Random(7);
        for (int phone = 0; phone < 20; phone++) {
            for (int day = 0; day < 40; day++) {
                Device device = at("p" + phone, phone % 3 == 0 ? "bern" : "zurich", day < 20 ? "96.86" : "96.87");
                for (int contact = 0; contact < 4; contact++) {
                    long time = (day * DAY + random.nextInt((int) DAY)) / WINDOW * WINDOW;
                    life.add(Samples.rollup(device, "e" + random.nextInt(2 + day / 4) + ".com", time));
                }
            }
        }
        return life.stream().distinct().toList();
    }

    @SafeVarargs
    private List<Finding> after(List<Rollup>... lives) throws Exception {
        try (Chain chain = new Chain(novelty, 0)) {
            return chain.take(join(lives)).until(200 * DAY).findings();
        }
    }

    @SafeVarargs
    private static List<Rollup> join(List<Rollup>... lives) {
        List<Rollup> all = new ArrayList<>();
        for (List<Rollup> life : lives) {
            all.addAll(life);
        }
        return all;
    }

    private static List<Rollup> visits(String phone, String endpoint, long millis) {
        return List.of(Samples.rollup(at(phone, "zurich", "96.86"), endpoint, millis));
    }

    private static List<Rollup> daily(String phone, String endpoint, long fromMillis, int days) {
        List<Rollup> life = new ArrayList<>();
        for (int day = 0; day < days; day++) {
            life.addAll(visits(phone, endpoint, fromMillis + day * DAY));
        }
        return life;
    }

    private static Device at(String phone, String site, String firmware) {
        return new Device(phone, site, "10.0.0.9", null, null, "Yealink", "T54W", firmware, null, null, 0);
    }

    private static Destination placed(String endpoint, Place.State state, List<String> countries, String cloud) {
        return new Destination(
                endpoint,
                endpoint,
                Service.UNKNOWN,
                Party.of(Party.Role.THIRD),
                64500,
                "Example",
                cloud,
                null,
                state,
                countries,
                Place.Step.TWO_DATABASES,
                List.of(),
                List.of(),
                "digest");
    }

    private static Destination nameless(String endpoint, long asn, Place.State state) {
        return new Destination(
                endpoint,
                null,
                Service.UNKNOWN,
                Party.of(Party.Role.UNKNOWN),
                asn,
                "Example",
                "",
                null,
                state,
                state == Place.State.AGREED ? List.of("FR") : List.of(),
                Place.Step.NOTHING,
                List.of(),
                List.of(),
                "digest");
    }

    private static Rollup rollup(String phone, Destination to, long millis, long clock) {
        Device device = at(phone, "zurich", "96.86");
        return new Rollup(
                phone + to.key() + millis,
                millis,
                device,
                to,
                millis,
                millis + 1_000,
                1,
                500,
                900,
                5,
                6,
                0,
                500,
                900,
                Naming.NOTHING,
                clock);
    }
}
