package observatory.jobs.guess;

import static observatory.jobs.guess.Events.SITE;
import static observatory.jobs.guess.Events.T;
import static observatory.jobs.guess.Events.announced;
import static observatory.jobs.guess.Events.announcedTo;
import static observatory.jobs.guess.Events.asked;
import static observatory.jobs.guess.Events.calledBy;
import static observatory.jobs.guess.Events.flow;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import observatory.geo.attribution.DestinationName;
import observatory.geo.attribution.NameSource;
import observatory.geo.attribution.NameState;
import observatory.jobs.attribute.Correction;
import observatory.jobs.attribute.NameCheck;
import observatory.jobs.attribute.NamedFlow;
import org.junit.jupiter.api.Test;

class GuessNamesTest {
    private static final String PHONE = "10.0.0.1";
    private static final String OTHER = "10.0.0.2";
    private static final String PEER = "203.0.113.9";
    private static final long SECOND = 1_000;
    private static final long HOUR = 3_600 * SECOND;
    private static final long DAY = 24 * HOUR;

    @Test
    void whatAnotherPhoneWasToldIsAGuessWithAgeAndAllCandidates() throws Exception {
        try (NamingChain chain = new NamingChain(false)) {
            chain.take(asked(OTHER, "a.example.com", PEER, 0, 300));
            chain.take(asked(OTHER, "b.example.com", PEER, 10 * SECOND, 300));
            chain.take(flow(PHONE, PEER, 4_000, 20 * SECOND, 30 * SECOND));
            chain.end();

            assertThat(chain.flows())
                    .extracting(NamedFlow::name)
                    .containsExactly(new DestinationName(
                            "b.example.com",
                            null,
                            NameSource.SITE_DNS,
                            NameState.GUESSED,
                            10,
                            List.of("b.example.com", "a.example.com")));
        }
    }

    @Test
    void whoCallsAPhoneDoesNotChooseHowHeIsCalled() throws Exception {
        try (NamingChain chain = new NamingChain(false)) {
            chain.take(announcedTo(PHONE, "rps.yealink.com", PEER, 4_000, 20 * SECOND));
            chain.take(calledBy(PHONE, PEER, 4_000, 20 * SECOND, 30 * SECOND));
            chain.end();

            assertThat(chain.flows())
                    .extracting(NamedFlow::name, NamedFlow::tlsVersion, NamedFlow::check)
                    .containsExactly(tuple(DestinationName.NONE, "TLSv12", NameCheck.UNCHECKED));
        }
    }

    @Test
    void anAnswerOfWhichNobodySaysWhoAskedGuessesAsWell() throws Exception {
        try (NamingChain chain = new NamingChain(false)) {
            chain.tell(SITE, asked("a.example.com", PEER, 0, 300));
            chain.take(flow(PHONE, PEER, 4_000, 20 * SECOND, 30 * SECOND));
            chain.end();

            assertThat(chain.flows()).extracting(flow -> flow.name().name()).containsExactly("a.example.com");
        }
    }

    @Test
    void anAnswerAfterTheFlowBeganAndOneOfAnotherSiteGuessNothing() throws Exception {
        try (NamingChain chain = new NamingChain(false)) {
            chain.tell("basel", asked("basel.example.com", PEER, 0, 300));
            chain.take(asked(OTHER, "later.example.com", PEER, 25 * SECOND, 300));
            chain.take(flow(PHONE, PEER, 4_000, 20 * SECOND, 30 * SECOND));
            chain.end();

            assertThat(chain.flows()).extracting(NamedFlow::name).containsExactly(DestinationName.NONE);
        }
    }

    @Test
    void itsOwnAnswerIsStrongerThanThoseOfOthersEvenWhenItHasExpired() throws Exception {
        try (NamingChain chain = new NamingChain(false)) {
            chain.take(asked(PHONE, "own.example.com", PEER, 0, 30));
            chain.take(asked(OTHER, "other.example.com", PEER, HOUR, 300));
            chain.take(flow(PHONE, PEER, 4_000, HOUR + SECOND, HOUR + 2 * SECOND));
            chain.end();

            assertThat(chain.flows()).extracting(flow -> flow.name().state()).containsExactly(NameState.STALE);
        }
    }

    @Test
    void anAnswerThatArrivesAfterTheFlowButWithinTheBoundNamesIt() throws Exception {
        try (NamingChain chain = new NamingChain(true)) {
            chain.watermark(T + 9 * SECOND);
            chain.take(flow(PHONE, PEER, 4_000, 20 * SECOND, 30 * SECOND));
            chain.take(asked(PHONE, "own.example.com", PEER, 10 * SECOND, 300));
            chain.end();

            assertThat(chain.flows()).extracting(flow -> flow.name().source()).containsExactly(NameSource.OWN_DNS);
            assertThat(chain.corrections()).isEmpty();
        }
    }

    @Test
    void anAnswerThatMissedItsOwnTimeButNotThatOfTheFlowNamesItWithoutACorrection() throws Exception {
        try (NamingChain chain = new NamingChain(true)) {
            chain.take(flow(PHONE, PEER, 4_000, 20 * SECOND, 30 * SECOND));
            chain.watermark(T + 31 * SECOND);
            chain.take(asked(PHONE, "own.example.com", PEER, 10 * SECOND, 300));
            chain.end();

            assertThat(chain.flows()).extracting(flow -> flow.name().source()).containsExactly(NameSource.OWN_DNS);
            assertThat(chain.corrections()).isEmpty();
        }
    }

    @Test
    void anAnswerThatComesAfterTheFlowHasLeftCorrectsItVisibly() throws Exception {
        try (NamingChain chain = new NamingChain(true)) {
            chain.take(flow(PHONE, PEER, 4_000, 20 * SECOND, 30 * SECOND));
            chain.watermark(T + 600 * SECOND);
            chain.take(asked(PHONE, "own.example.com", PEER, 10 * SECOND, 300));
            chain.end();

            NamedFlow last = chain.corrections().getLast();
            assertThat(chain.flows()).extracting(NamedFlow::name).containsExactly(DestinationName.NONE);
            assertThat(last.name().source()).isEqualTo(NameSource.OWN_DNS);
            assertThat(last.name().ageSeconds()).isEqualTo(10);
            assertThat(last.correction())
                    .extracting(Correction::source, Correction::state)
                    .containsExactly(NameSource.NONE, NameState.NONE);
        }
    }

    @Test
    void aGuessIsCorrectedByWhatTheDeviceItselfWasTold() throws Exception {
        try (NamingChain chain = new NamingChain(true)) {
            chain.take(asked(OTHER, "guess.example.com", PEER, 0, 300));
            chain.take(flow(PHONE, PEER, 4_000, 20 * SECOND, 30 * SECOND));
            chain.watermark(T + 600 * SECOND);
            chain.take(asked(PHONE, "own.example.com", PEER, 10 * SECOND, 300));

            NamedFlow last = chain.corrections().getLast();
            assertThat(last.name().name()).isEqualTo("own.example.com");
            assertThat(last.correction())
                    .extracting(Correction::name, Correction::source, Correction::state)
                    .containsExactly("guess.example.com", NameSource.SITE_DNS, NameState.GUESSED);
        }
    }

    @Test
    void afterItsTimeNothingIsCorrectedAnyMore() throws Exception {
        try (NamingChain chain = new NamingChain(true)) {
            chain.take(flow(PHONE, PEER, 4_000, 20 * SECOND, 30 * SECOND));
            chain.watermark(T + GuessNames.CORRECTION_MILLIS + 2 * HOUR);
            chain.take(asked(PHONE, "own.example.com", PEER, 10 * SECOND, 300));

            assertThat(chain.corrections()).isEmpty();
        }
    }

    @Test
    void ofAScanOnlyTheLastFlowsAreRemembered() throws Exception {
        try (NamingChain chain = new NamingChain(true)) {
            for (int i = 0; i < 3 * GuessNames.CORRECTABLE_LIMIT; i++) {
                chain.take(flow(PHONE, PEER, 4_000 + i, 20 * SECOND, 30 * SECOND));
            }
            chain.watermark(T + 600 * SECOND);
            chain.take(asked(PHONE, "own.example.com", PEER, 10 * SECOND, 300));

            assertThat(chain.flows()).hasSize(3 * GuessNames.CORRECTABLE_LIMIT);
            assertThat(chain.corrections().stream().map(NamedFlow::devicePort).distinct())
                    .hasSize(GuessNames.CORRECTABLE_LIMIT);
        }
    }

    @Test
    void aDeviceThatAsksForTheEndOfAChainMeansItsBeginning() throws Exception {
        try (NamingChain chain = new NamingChain(false)) {
            chain.take(asked(PHONE, "a.example.com", "edge.example.net", "203.0.113.1", 0));
            chain.take(asked(PHONE, "edge.example.net", PEER, 100 * SECOND, 20));
            chain.take(flow(PHONE, PEER, 4_000, 101 * SECOND, 102 * SECOND));
            chain.end();

            assertThat(chain.flows())
                    .extracting(
                            flow -> flow.name().name(),
                            flow -> flow.name().target(),
                            flow -> flow.name().state())
                    .containsExactly(tuple("a.example.com", "edge.example.net", NameState.FRESH));
        }
    }

    @Test
    void anAddressInThePlaceOfAServerNameIsNoName() throws Exception {
        try (NamingChain chain = new NamingChain(false)) {
            chain.take(asked(PHONE, "a.example.com", PEER, 0, 300));
            chain.take(announced(PHONE, PEER, PEER, 4_000, SECOND));
            chain.take(flow(PHONE, PEER, 4_000, SECOND, 2 * SECOND));
            chain.end();

            assertThat(chain.flows())
                    .extracting(flow -> flow.name().source(), NamedFlow::check)
                    .containsExactly(tuple(NameSource.OWN_DNS, NameCheck.UNCHECKED));
        }
    }

    @Test
    void whereNothingComesLateFlowsAreNotRemembered() throws Exception {
        try (NamingChain replay = new NamingChain(false);
                NamingChain live = new NamingChain(true)) {
            for (NamingChain chain : List.of(replay, live)) {
                chain.take(flow(PHONE, PEER, 4_000, 20 * SECOND, 30 * SECOND));
                chain.watermark(T + 600 * SECOND);
            }
            assertThat(replay.inState()).isLessThan(live.inState());
        }
    }

    @Test
    void inTheEndAllStateIsEmpty() throws Exception {
        try (NamingChain chain = new NamingChain(true)) {
            chain.take(asked(OTHER, "a.example.com", PEER, 0, 300));
            chain.take(announced(OTHER, "a.example.com", PEER, 4_000, 1_500));
            chain.take(announced(OTHER, "never.example.com", PEER, 4_001, 1_500));
            chain.take(Events.half(OTHER, PEER, 4_002, SECOND, 2 * SECOND, true));
            chain.take(flow(OTHER, PEER, 4_000, SECOND, 2 * SECOND));
            chain.take(flow(PHONE, PEER, 4_000, 20 * SECOND, 30 * SECOND));
            chain.watermark(T + 600 * SECOND);
            chain.take(asked(PHONE, "own.example.com", PEER, 10 * SECOND, 300));
            assertThat(chain.inState()).isPositive();
            for (int day = 1; day <= 40; day++) {
                chain.watermark(T + day * DAY);
            }

            assertThat(chain.flows()).hasSize(3);
            assertThat(chain.inState()).isZero();
            assertThat(chain.timers()).isZero();
        }
    }

    @Test
    void dnsAloneIsHeldAgainstWhatTheFlowAnnounced() throws Exception {
        try (NamingChain chain = new NamingChain(false)) {
            chain.take(asked(PHONE, "a.example.com", PEER, 0, 300));
            chain.take(announced(PHONE, "a.example.com", PEER, 1, SECOND));
            chain.take(flow(PHONE, PEER, 1, SECOND, 2 * SECOND));
            chain.take(announced(PHONE, "wrong.example.com", PEER, 2, 3 * SECOND));
            chain.take(flow(PHONE, PEER, 2, 3 * SECOND, 4 * SECOND));
            chain.take(asked(PHONE, "b.example.com", PEER, 5 * SECOND, 300));
            chain.take(announced(PHONE, "a.example.com", PEER, 3, 6 * SECOND));
            chain.take(flow(PHONE, PEER, 3, 6 * SECOND, 7 * SECOND));
            chain.take(announced(OTHER, "a.example.com", PEER, 4, 8 * SECOND));
            chain.take(flow(OTHER, PEER, 4, 8 * SECOND, 9 * SECOND));
            chain.take(flow(PHONE, PEER, 5, 10 * SECOND, 11 * SECOND));
            chain.end();

            assertThat(chain.flows())
                    .extracting(NamedFlow::devicePort, NamedFlow::check)
                    .containsExactlyInAnyOrder(
                            tuple(1, NameCheck.RIGHT),
                            tuple(2, NameCheck.WRONG),
                            tuple(3, NameCheck.SHARED),
                            tuple(4, NameCheck.NONE),
                            tuple(5, NameCheck.UNCHECKED));
        }
    }
}
