package observatory.dashboards.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import observatory.dashboards.evaluate.Verdict.Outcome;
import org.junit.jupiter.api.Test;

class JudgeTest {
    private static final Instant MONDAY = Instant.parse("2026-11-09T10:00:00Z");
    private static final Instant END = MONDAY.plus(Duration.ofDays(5));
    private static final String PHONE = "80-5E-C0-00-00-01";
    private static final Label PLANT = new Label(
            "new-endpoint",
            "fleet",
            "sim-zurich",
            Set.of(PHONE),
            MONDAY,
            END,
            "amber.example",
            "begins to contact it",
            Set.of("new-cloud"));

    @Test
    void aPlantThatIsFoundCountsOnce() {
        assertThat(judged(finding("new-endpoint", "amber.example", MONDAY))).containsExactly(Outcome.FOUND);
    }

    @Test
    void aPlantWithoutItsFindingIsMissed() {
        assertThat(judged()).containsExactly(Outcome.MISSED);
    }

    @Test
    void theSamePlantFoundTwiceIsAFalseAlarm() {
        Found first = finding("new-endpoint", "amber.example", MONDAY);
        Found again = finding("new-endpoint", "amber.example", MONDAY.plusSeconds(60));
        assertThat(judged(first, again)).containsExactly(Outcome.FOUND, Outcome.FALSE_ALARM);
    }

    @Test
    void whatIsFoundBeforeItHappensIsAFalseAlarm() {
        Found early = finding("new-endpoint", "amber.example", MONDAY.minus(Duration.ofDays(1)));
        assertThat(judged(early)).containsExactly(Outcome.MISSED, Outcome.FALSE_ALARM);
    }

    @Test
    void anotherEndpointIsAFalseAlarm() {
        assertThat(judged(finding("new-endpoint", "birch.example", MONDAY)))
                .containsExactly(Outcome.MISSED, Outcome.FALSE_ALARM);
    }

    @Test
    void whatTheSameEventIsAsWellIsNeitherFoundNorFalse() {
        assertThat(judged(
                        finding("new-endpoint", "amber.example", MONDAY),
                        finding("new-cloud", "amber.example", MONDAY)))
                .containsExactly(Outcome.FOUND, Outcome.ALSO);
    }

    @Test
    void newsForTooFewIsAMiss() {
        Found narrow = finding("new-endpoint", "device", "amber.example", "amber.example", MONDAY);
        assertThat(judged(narrow)).containsExactly(Outcome.MISSED, Outcome.FALSE_ALARM);
    }

    @Test
    void newsOfThePlantBeforeItHappensIsAFalseAlarm() {
        Found early = finding("new-cloud", "amber.example", MONDAY.minus(Duration.ofDays(1)));
        assertThat(judged(early)).containsExactly(Outcome.MISSED, Outcome.FALSE_ALARM);
    }

    @Test
    void anEndpointWithoutANameIsKnownByItsNetwork() {
        assertThat(finding("no-dns-destination", "", "AS25 128.32.0.0/16", MONDAY)
                        .isAt("128.32.5.9"))
                .isTrue();
        assertThat(finding("no-dns-destination", "", "AS680 141.4.0.0-141.5.95.255", MONDAY)
                        .isAt("141.5.5.9"))
                .isTrue();
        assertThat(finding("no-dns-destination", "", "AS25 128.32.0.0/16", MONDAY)
                        .isAt("128.33.5.9"))
                .isFalse();
    }

    @Test
    void aScoreTellsRecallAndPrecision() {
        List<Verdict> verdicts = List.of(
                verdict(Outcome.FOUND),
                verdict(Outcome.FOUND),
                verdict(Outcome.FOUND),
                verdict(Outcome.MISSED),
                verdict(Outcome.ALSO),
                verdict(Outcome.FALSE_ALARM));
        Score score = Score.of("lan-probe", verdicts);
        assertThat(score).isEqualTo(new Score("lan-probe", 4, 3, 1, 1));
        assertThat(score.recall()).isEqualTo(0.75);
        assertThat(score.precision()).isEqualTo(0.75);
        assertThat(score.isEnough()).isFalse();
    }

    private static Verdict verdict(Outcome outcome) {
        return new Verdict(outcome, "lan-probe", 1, "");
    }

    private static List<Outcome> judged(Found... findings) {
        Truth truth = new Truth(0, List.of(), List.of(), List.of(PLANT), List.of());
        return Judge.judge(1, truth, List.of(findings)).stream()
                .map(Verdict::outcome)
                .toList();
    }

    private static Found finding(String kind, String domain, Instant first) {
        return finding(kind, domain, domain, first);
    }

    private static Found finding(String kind, String domain, String endpoint, Instant first) {
        return finding(kind, "fleet", domain, endpoint, first);
    }

    private static Found finding(String kind, String scope, String domain, String endpoint, Instant first) {
        return new Found(
                kind, scope, "", "", PHONE, endpoint, domain, first, first.plusSeconds(600), "cause", "message");
    }
}
