package observatory.jobs.attribute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import observatory.geo.address.IpAddress;
import observatory.geo.attribution.DestinationName;
import observatory.geo.attribution.NameSource;
import observatory.geo.attribution.NameState;
import observatory.ingest.observation.DnsObservation;
import observatory.ingest.observation.DnsObservation.Answer;
import org.junit.jupiter.api.Test;

class NameMemoryTest {
    private static final long T = 1_700_000_000_000L;

    @Test
    void anAnswerNamesTheFlowThatFollowsIt() {
        List<Binding> memory = told("rps.yealink.com", 0, 60);

        DestinationName name = NameMemory.name(memory, null, T + 5_000);

        assertThat(name)
                .isEqualTo(new DestinationName(
                        "rps.yealink.com", null, NameSource.OWN_DNS, NameState.FRESH, 5, List.of("rps.yealink.com")));
    }

    @Test
    void anAnswerAfterTheStartDoesNotNameTheFlow() {
        assertThat(NameMemory.name(told("rps.yealink.com", 10_000, 60), null, T))
                .isEqualTo(DestinationName.NONE);
    }

    @Test
    void anAnswerStampedASecondLateStillNamesTheFlow() {
        assertThat(NameMemory.name(told("rps.yealink.com", 1_000, 60), null, T).name())
                .isEqualTo("rps.yealink.com");
    }

    @Test
    void anExpiredAnswerNamesTheFlowAsStale() {
        DestinationName name = NameMemory.name(told("rps.yealink.com", 0, 60), null, T + 600_000);

        assertThat(name.state()).isEqualTo(NameState.STALE);
        assertThat(name.ageSeconds()).isEqualTo(600);
    }

    @Test
    void aRenewalKeepsTheNameFresh() {
        List<Binding> memory =
                NameMemory.remember(told("rps.yealink.com", 0, 60), binding("rps.yealink.com", 50_000, 60));

        assertThat(memory).hasSize(1);
        assertThat(NameMemory.name(memory, null, T + 100_000).state()).isEqualTo(NameState.FRESH);
    }

    @Test
    void aNameAskedAgainAfterTheFlowBeganDoesNotRefreshIt() {
        List<Binding> memory =
                NameMemory.remember(told("rps.yealink.com", 0, 60), binding("rps.yealink.com", 3_600_000, 60));

        assertThat(NameMemory.name(memory, null, T + 1_800_000).state()).isEqualTo(NameState.STALE);
    }

    @Test
    void twoNamesOfOneAddressAreSharedAndTheLatestComesFirst() {
        List<Binding> memory =
                NameMemory.remember(told("a.example.com", 0, 300), binding("b.example.com", 10_000, 300));

        DestinationName name = NameMemory.name(memory, null, T + 20_000);

        assertThat(name.state()).isEqualTo(NameState.SHARED);
        assertThat(name.candidates()).containsExactly("b.example.com", "a.example.com");
    }

    @Test
    void theNameTheFlowAnnouncesIsStrongerThanAnyAnswer() {
        DestinationName name = NameMemory.name(told("a.example.com", 0, 300), "b.example.com", T);

        assertThat(name.source()).isEqualTo(NameSource.SNI);
        assertThat(name.name()).isEqualTo("b.example.com");
    }

    @Test
    void anAnnouncedNameKeepsTheTargetOfItsOwnAnswer() {
        Binding told = new Binding("a.example.com", "host.eu-central-1.elb.amazonaws.com", T, T, T + 60_000);

        assertThat(NameMemory.name(List.of(told), "a.example.com", T).target())
                .isEqualTo("host.eu-central-1.elb.amazonaws.com");
    }

    @Test
    void aChainCollapsesToItsFirstAndLastName() {
        DnsObservation dns = dns(
                new Answer("x.example.net", "CNAME", 30),
                new Answer("y.eu-west-1.example.net", "CNAME", 20),
                new Answer("192.0.2.1", "A", 60));

        assertThat(NameMemory.bindings(dns))
                .containsExactly(new NameMemory.AddressBinding(
                        "192.0.2.1", new Binding("rps.yealink.com", "y.eu-west-1.example.net", T, T, T + 20_000)));
    }

    @Test
    void everyNameOfAChainLeadsBackToTheQuestionWhileTheChainIsValid() {
        DnsObservation dns = dns(new Answer("x.example.net", "CNAME", 300), new Answer("y.example.net", "CNAME", 20));

        assertThat(NameMemory.aliases(dns))
                .extracting(NameMemory.Alias::name, alias -> alias.head().expiresMillis() - T)
                .containsExactly(tuple("x.example.net", 300_000L), tuple("y.example.net", 20_000L));
        assertThat(NameMemory.heads(told("rps.yealink.com", 0, 20), T + 50_000)).hasSize(1);
        assertThat(NameMemory.heads(told("rps.yealink.com", 0, 20), T + 51_000)).isEmpty();
    }

    @Test
    void anAnswerThatCameLateIsPutWhereItBelongs() {
        List<Binding> late = NameMemory.remember(told("a.example.com", 60_000, 10), binding("b.example.com", 0, 10));
        List<Binding> inTime = NameMemory.remember(told("b.example.com", 0, 10), binding("a.example.com", 60_000, 10));

        assertThat(late).isEqualTo(inTime);
    }

    @Test
    void aGuessKeepsAllNamesThatMayBeMeant() {
        List<Binding> memory = NameMemory.remember(told("a.example.com", 0, 10), binding("b.example.com", 10_000, 10));

        DestinationName name = NameMemory.guess(memory, T + 3_600_000);

        assertThat(name.state()).isEqualTo(NameState.GUESSED);
        assertThat(name.candidates()).containsExactly("b.example.com", "a.example.com");
        assertThat(name.ageSeconds()).isEqualTo(3_590);
    }

    @Test
    void aFloodOfNamesForOneAddressIsBounded() {
        List<Binding> memory = List.of();
        for (int i = 0; i < 1_000; i++) {
            memory = NameMemory.remember(memory, binding("n" + i + ".example.com", i, 300));
        }
        assertThat(memory).hasSize(NameMemory.BINDING_LIMIT);
        assertThat(memory.getLast().name()).isEqualTo("n999.example.com");
    }

    /** A SIP connection is held for days, and its phone asks for the name again every five minutes. */
    @Test
    void aNameThatIsAskedForADayIsStillThatOfAConnectionThatBeganBefore() {
        List<Binding> memory = told("sip.example.com", 0, 60);
        for (int i = 1; i <= 288; i++) {
            memory = NameMemory.remember(memory, binding("sip.example.com", i * 300_000L, 60));
        }

        assertThat(memory).hasSize(NameMemory.BINDING_LIMIT);
        DestinationName atStart = NameMemory.name(memory, null, T + 1_000);
        assertThat(atStart.name()).isEqualTo("sip.example.com");
        assertThat(atStart.source()).isEqualTo(NameSource.OWN_DNS);
        assertThat(NameMemory.name(memory, null, T + 288 * 300_000L + 61_000 + NameMemory.GRACE_MILLIS)
                        .state())
                .isEqualTo(NameState.STALE);
    }

    @Test
    void whatExpiredAWeekAgoIsForgotten() {
        List<Binding> memory = told("rps.yealink.com", 0, 60);

        assertThat(NameMemory.forget(memory, T + 60_000 + NameMemory.RETENTION_MILLIS))
                .hasSize(1);
        assertThat(NameMemory.forget(memory, T + 60_001 + NameMemory.RETENTION_MILLIS))
                .isEmpty();
    }

    private static List<Binding> told(String name, long afterMillis, long ttlSeconds) {
        return List.of(binding(name, afterMillis, ttlSeconds));
    }

    private static Binding binding(String name, long afterMillis, long ttlSeconds) {
        long answered = T + afterMillis;
        return new Binding(name, null, answered, answered, answered + ttlSeconds * 1000);
    }

    private static DnsObservation dns(Answer... answers) {
        return new DnsObservation(
                "sensor",
                "site",
                "zeek",
                "C1",
                T * 1_000_000,
                IpAddress.of("10.0.0.1"),
                5000,
                IpAddress.of("10.0.0.2"),
                53,
                17,
                "rps.yealink.com",
                "A",
                "NOERROR",
                true,
                List.of(answers));
    }
}
