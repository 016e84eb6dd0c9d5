package observatory.jobs.finding;

import static org.assertj.core.api.Assertions.assertThat;

import observatory.jobs.rollup.Naming;
import observatory.jobs.rollup.Rollup;
import observatory.jobs.rollup.Volume;
import org.junit.jupiter.api.Test;

class NameDoubtsTest {
    private static final Volume NO = Volume.ZERO;
    private static final Volume ONE = new Volume(1, 100);

    @Test
    void aNameThatWasAnnouncedOrToldToTheDeviceIsBeyondDoubt() {
        assertThat(NameDoubts.of(named(ONE, NO, NO, NO, NO))).isEmpty();
        assertThat(NameDoubts.of(named(NO, ONE, NO, NO, NO))).isEmpty();
    }

    @Test
    void aGuessedAnOldAndASharedNameAreInDoubt() {
        assertThat(NameDoubts.of(named(NO, NO, ONE, NO, NO)))
                .singleElement()
                .asString()
                .contains("guessed");
        assertThat(NameDoubts.of(named(NO, ONE, NO, ONE, NO)))
                .singleElement()
                .asString()
                .contains("older");
        assertThat(NameDoubts.of(named(NO, ONE, NO, NO, ONE)))
                .singleElement()
                .asString()
                .contains("several");
    }

    @Test
    void oneFlowThatAnnouncedTheNameIsEnough() {
        assertThat(NameDoubts.of(named(ONE, ONE, ONE, ONE, NO))).isEmpty();
    }

    @Test
    void noNameIsToldWhateverElseIsKnown() {
        Rollup nameless = Samples.rollup(Samples.device("a", 0), "local", 0);
        assertThat(NameDoubts.of(nameless)).singleElement().asString().startsWith("No name");
    }

    private static Rollup named(Volume sni, Volume ownDns, Volume siteDns, Volume stale, Volume shared) {
        return Samples.rollup(
                Samples.device("a", 0),
                "x.com",
                0,
                new Naming(sni, ownDns, siteDns, NO, NO, stale, shared, NO, NO, NO, NO, NO));
    }
}
