package observatory.jobs.finding;

import static observatory.jobs.finding.Samples.DAY;
import static org.assertj.core.api.Assertions.assertThat;

import observatory.jobs.finding.Seen.Scope;
import org.junit.jupiter.api.Test;

class NoveltyTest {
    private final Novelty novelty = new Novelty(0, 3 * DAY);

    @Test
    void nothingIsNewsWhileTheFleetIsLearning() {
        assertThat(novelty.isNews(Scope.FLEET, Samples.rollup(Samples.device("a", 0), "x.com", 2 * DAY)))
                .isFalse();
    }

    @Test
    void whatNobodyContactedBeforeIsNewsEvenFromANewPhone() {
        assertThat(novelty.isNews(Scope.FLEET, Samples.rollup(Samples.device("a", 9 * DAY), "x.com", 9 * DAY)))
                .isTrue();
    }

    @Test
    void whatOthersContactIsNoNewsFromANewPhone() {
        assertThat(novelty.isNews(Scope.DEVICE, Samples.rollup(Samples.device("a", 9 * DAY), "x.com", 9 * DAY)))
                .isFalse();
    }

    @Test
    void whatOthersContactIsNewsFromAnOldPhone() {
        assertThat(novelty.isNews(Scope.DEVICE, Samples.rollup(Samples.device("a", 0), "x.com", 9 * DAY)))
                .isTrue();
    }

    @Test
    void contactInsideTheNetworkIsNeverNews() {
        assertThat(novelty.isNews(Scope.FLEET, Samples.rollup(Samples.device("a", 0), "local", 9 * DAY)))
                .isFalse();
    }

    @Test
    void aDisputedPlaceIsSaidToBeDisputed() {
        Finding finding =
                Novelty.finding(Scope.FLEET, "fleet", Samples.rollup(Samples.device("a", 0), "x.com", 9 * DAY));

        assertThat(finding.facts()).anyMatch(fact -> fact.contains("disputed between CN, DE"));
    }
}
