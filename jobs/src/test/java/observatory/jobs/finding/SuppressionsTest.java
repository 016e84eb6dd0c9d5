package observatory.jobs.finding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@NullUnmarked
class SuppressionsTest {
    private static final long EXPIRES = 1_000;

    @ParameterizedTest
    @CsvSource({
        "example.com, example.com, true",
        "example.com, a.example.com, true",
        "Example.com., example.com, true",
        "example.com, notexample.com, false",
        "a.example.com, example.com, false",
        "AS45102, AS45102 8.208.0.0/12, true",
        "AS4510, AS45102 8.208.0.0/12, false",
        "com, example.com, true",
    })
    void anEndpointCoversItselfAndAllBelowIt(String covered, String endpoint, boolean covers) {
        assertThat(suppression("one", covered, null, null, null).covers(about(endpoint, 0)))
                .isEqualTo(covers);
    }

    @Test
    void allThatIsNamedHasToMatch() {
        Suppression both = suppression("one", "example.com", "p1", null, "new-endpoint");

        assertThat(both.covers(new Suppression.About("new-endpoint", "example.com", "p1", "T54W", 0)))
                .isTrue();
        assertThat(both.covers(new Suppression.About("new-endpoint", "example.com", "p2", "T54W", 0)))
                .isFalse();
        assertThat(both.covers(new Suppression.About("lan-probe", "example.com", "p1", "T54W", 0)))
                .isFalse();
        assertThat(both.covers(new Suppression.About("new-endpoint", null, "p1", "T54W", 0)))
                .isFalse();
    }

    @Test
    void aFindingOfTheFleetIsNotHeldBackByTheDeviceThatWasFirst() {
        Suppression device = suppression("one", null, "p1", null, null);
        Suppression cohort = suppression("two", null, null, "T54W", null);

        assertThat(device.covers(Suppression.About.of("new-endpoint", "device", "x.com", "p1", "T54W", 0)))
                .isTrue();
        assertThat(device.covers(Suppression.About.of("new-endpoint", "fleet", "x.com", "p1", "T54W", 0)))
                .isFalse();
        assertThat(cohort.covers(Suppression.About.of("new-endpoint", "cohort", "x.com", "p1", "T54W", 0)))
                .isTrue();
        assertThat(cohort.covers(Suppression.About.of("new-endpoint", "site", "x.com", "p1", "T54W", 0)))
                .isFalse();
    }

    @Test
    void afterItsExpiryWhatGoesOnIsToldAgain() {
        Suppression one = suppression("one", "example.com", null, null, null);

        assertThat(one.covers(about("example.com", EXPIRES - 1))).isTrue();
        assertThat(one.covers(about("example.com", EXPIRES))).isFalse();
    }

    @Test
    void theFirstThatCoversAnswers() {
        Suppressions all = new Suppressions(List.of(
                suppression("site", "other.com", null, null, null),
                suppression("lab", "example.com", null, null, null),
                suppression("all", null, null, null, "new-endpoint")));

        assertThat(all.covering(about("example.com", 0)).map(Suppression::id)).contains("lab");
        assertThat(all.covering(about("third.com", 0)).map(Suppression::id)).contains("all");
        assertThat(Suppressions.NONE.covering(about("example.com", 0))).isEmpty();
    }

    @Test
    void aSuppressionOfEverythingAndTwoOfOneNameAreRefused() {
        Suppression one = suppression("one", "example.com", null, null, null);

        assertThatThrownBy(() -> suppression("one", null, null, null, null)).hasMessageContaining("every finding");
        assertThatThrownBy(() -> new Suppressions(List.of(one, one))).hasMessageContaining("'one'");
    }

    private static Suppression suppression(String id, String endpoint, String device, String cohort, String kind) {
        return new Suppression(id, "a.meier", "known", EXPIRES, endpoint, device, cohort, kind);
    }

    private static Suppression.About about(String endpoint, long lastMillis) {
        return new Suppression.About("new-endpoint", endpoint, null, null, lastMillis);
    }
}
