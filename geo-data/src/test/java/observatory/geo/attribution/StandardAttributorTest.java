package observatory.geo.attribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import observatory.geo.InstalledData;
import observatory.geo.address.IpAddress;
import observatory.geo.attribution.Attribution.Evidence;
import observatory.geo.place.Place;
import observatory.geo.snapshot.GeoSnapshot;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** On the real data packages: what an analyst would see. */
class StandardAttributorTest {
    private static final int TCP = 6;
    private static final int UDP = 17;

    private final GeoSnapshot snapshot = InstalledData.snapshot();

    @Test
    void aNamedServiceHasFourSeparateAnswers() {
        Attribution answer = attribute("3.120.0.1", named("rps.yealink.com", null), 443, TCP);

        assertThat(answer.endpoint()).isEqualTo("yealink.com");
        assertThat(answer.service().key()).isEqualTo("Yealink/RPS");
        assertThat(answer.operatorJurisdictions()).containsExactly("CN");
        assertThat(answer.network().cloud()).isEqualTo("aws");
        assertThat(answer.hostJurisdictions()).containsExactly("US");
        assertThat(answer.place().countries()).containsExactly("DE");
        assertThat(answer.place().step()).isEqualTo(Place.Step.TWO_DATABASES);
    }

    @Test
    void theCnameTargetTellsTheRegion() {
        Attribution answer =
                attribute("3.120.0.1", named("pbx.example.org", "lb-1.eu-central-1.elb.amazonaws.com"), 443, TCP);

        assertThat(answer.endpoint()).isEqualTo("example.org");
        assertThat(answer.place())
                .extracting(Place::step, Place::region)
                .containsExactly(Place.Step.NAME_REGION, "eu-central-1");
    }

    @Test
    void hostsOfDisputedNetworksNeverGetOneCountry() {
        Random random = new Random(45102);
        int seen = 0;
        while (seen < 3_000) {
            IpAddress address = IpAddress.ofIpv4(random.nextInt());
            Attribution answer = snapshot.attributor().attribute(address, DestinationName.NONE, 443, TCP);
            if (List.of("alibaba", "tencent", "huawei")
                    .contains(answer.network().cloud())) {
                assertThat(answer.place().state()).isIn(Place.State.DISPUTED, Place.State.UNKNOWN);
                seen++;
            }
        }
    }

    /** 5.9.0.1 is announced by a network that is nobody's of whom databases disagree. */
    @ParameterizedTest
    @CsvSource({
        "oss-eu-central-1.aliyuncs.com,",
        "files.example.org,bucket.oss-eu-central-1.aliyuncs.com",
        "cos.eu-frankfurt.myqcloud.com,"
    })
    void aNameOfADisputedCloudIsDisputedOnANetworkThatTheTableLacks(String name, @Nullable String target) {
        assertThat(attribute("5.9.0.1", DestinationName.NONE, 443, TCP).place().state())
                .isEqualTo(Place.State.AGREED);
        assertThat(attribute("5.9.0.1", named(name, target), 443, TCP).place().state())
                .isEqualTo(Place.State.DISPUTED);
    }

    @Test
    void registrationIsEvidenceAndNeverAVote() {
        Attribution answer = attribute("47.254.128.1", DestinationName.NONE, 443, TCP);

        assertThat(answer.place().state()).isEqualTo(Place.State.DISPUTED);
        assertThat(answer.place().countries()).containsExactly("DE", "US");
        assertThat(answer.place().votes()).extracting(Place.Vote::source).containsExactly("dbip", "geo-whois");
        assertThat(answer.evidence())
                .filteredOn(evidence -> evidence.source().startsWith("iptoasn"))
                .singleElement()
                .extracting(Evidence::part, Evidence::statement)
                .containsExactly(
                        "network", "the AS is registered in CN, which says nothing about where the address answers");
    }

    @ParameterizedTest
    @CsvSource({
        "8.8.8.8, , AS15169 8.8.8.0/24",
        "10.1.2.3, , local",
        "fe80::1, , local",
        "255.255.255.255, , local",
        "224.0.1.75, , multicast 224.0.1.75",
        "203.0.113.9, , unannounced 203.0.113.0/24",
        "2001:db8:1:2::9, , unannounced 2001:db8:1::/48",
        "1.1.1.1, 2.de.pool.ntp.org, ntp.org",
        "1.1.1.1, RPS.Yealink.Com., yealink.com",
        "10.1.2.3, pbx.office.lan, office.lan",
        "1.1.1.1, cloudfront.net, cloudfront.net",
        "64:ff9b::8.8.8.8, , AS15169 8.8.8.0/24",
        "8.8.8.8, 192.0.2.1, AS15169 8.8.8.0/24",
        "8.8.8.8, not a name, AS15169 8.8.8.0/24",
    })
    void theEndpointIsNeverABareAddress(String address, @Nullable String name, String endpoint) {
        DestinationName given = name == null ? DestinationName.NONE : named(name, null);
        assertThat(attribute(address, given, 443, TCP).endpoint()).isEqualTo(endpoint);
    }

    @Test
    void aServiceFoundByItsRangeSaysSoInTheName() {
        Attribution answer = attribute("52.113.5.5", DestinationName.NONE, 3479, UDP);

        assertThat(answer.service().key()).isEqualTo("Microsoft/Teams media");
        assertThat(answer.name().source()).isEqualTo(NameSource.RANGE);
        assertThat(attribute("8.9.10.11", DestinationName.NONE, 3479, UDP).name())
                .isEqualTo(DestinationName.NONE);
    }

    @Test
    void whatTheLogGivesAsANameButIsNoneIsLaidOpen() {
        Attribution answer = attribute("8.9.10.11", named("192.0.2.1", null), 443, TCP);

        assertThat(answer.registrableDomain()).isNull();
        assertThat(answer.name().source()).isEqualTo(NameSource.NONE);
        assertThat(answer.evidence())
                .extracting(Evidence::statement)
                .contains("what the log gives as a name is not a domain name");
    }

    @Test
    void everyPartHasEvidenceWithASource() {
        Attribution answer = attribute("3.120.0.1", named("eu-api.ymcs.yealink.com", null), 443, TCP);

        assertThat(answer.evidence().stream().map(Evidence::part).distinct())
                .containsExactly("name", "service", "party", "network", "place", "jurisdiction");
        assertThat(answer.evidence()).allSatisfy(evidence -> {
            assertThat(evidence.statement()).isNotBlank();
            assertThat(evidence.source()).isNotBlank();
        });
    }

    @Test
    void ageAndCandidatesOfANameAreThoseOfTheFlowAlsoFromTheCache() {
        DestinationName first = new DestinationName(
                "a.example.org",
                null,
                NameSource.OWN_DNS,
                NameState.SHARED,
                1,
                List.of("a.example.org", "b.example.org"));
        DestinationName second = new DestinationName(
                "a.example.org",
                null,
                NameSource.OWN_DNS,
                NameState.SHARED,
                9,
                List.of("a.example.org", "c.example.org"));

        Attribution one = answer(first);
        Attribution two = answer(second);

        assertThat(one.name()).isEqualTo(first);
        assertThat(two.name()).isEqualTo(second);
        assertThat(two.place()).isSameAs(one.place());
        assertThat(answer(first)).isSameAs(one);
    }

    @Test
    void evidenceChangesNoAnswer() {
        for (String address : List.of("3.120.0.1", "10.1.2.3", "47.254.128.1", "203.0.113.9", "52.113.5.5")) {
            for (DestinationName name : List.of(DestinationName.NONE, named("rps.yealink.com", null))) {
                Attribution whole = attribute(address, name, 443, TCP);
                Attribution bare = snapshot.attributor().answer(IpAddress.of(address), name, 443, TCP);

                assertThat(whole.evidence()).isNotEmpty();
                assertThat(bare.evidence()).isEmpty();
                assertThat(bare.and(whole.evidence())).isEqualTo(whole);
            }
        }
    }

    @Test
    void theCacheChangesNoAnswerUnderFourThreads() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            Callable<List<Attribution>> run = () -> new Random(11)
                    .ints(30_000)
                    .mapToObj(bits -> snapshot.attributor()
                            .answer(
                                    IpAddress.ofIpv4(bits & 0x0fff_00ff),
                                    bits % 3 == 0
                                            ? named("h" + bits % 50 + ".example.org", null)
                                            : DestinationName.NONE,
                                    bits & 0xffff,
                                    (bits & 1) == 0 ? TCP : UDP))
                    .toList();
            List<Future<List<Attribution>>> answers =
                    threads.invokeAll(Stream.generate(() -> run).limit(4).toList());
            List<Attribution> alone = run.call();
            for (Future<List<Attribution>> answer : answers) {
                assertThat(answer.get()).isEqualTo(alone);
            }
        }
    }

    private Attribution answer(DestinationName name) {
        return snapshot.attributor().answer(IpAddress.of("8.8.4.4"), name, 443, TCP);
    }

    private Attribution attribute(String address, DestinationName name, int port, int protocol) {
        return snapshot.attributor().attribute(IpAddress.of(address), name, port, protocol);
    }

    private static DestinationName named(String name, @Nullable String target) {
        return new DestinationName(name, target, NameSource.OWN_DNS, NameState.FRESH, 3, List.of(name));
    }
}
