package observatory.dashboards.search;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

/** What somebody sees who asks for no interval. */
class DefaultRangeTest {
    private static final Instant START = Instant.parse("2026-11-02T00:00:10Z");
    private static final Instant FULL = Instant.parse("2026-11-02T00:00:00Z");

    @Test
    void twoWeeksThatEndAMinuteLaterAreShownFromTheirBeginning() {
        Instant last = START.plus(Duration.ofDays(14));
        assertThat(shown(START, last))
                .isEqualTo(new Range(FULL, FULL.plus(Duration.ofDays(14).plusHours(1))));
    }

    @Test
    void ofMoreTheLastTwoWeeksAreShown() {
        Instant last = START.plus(Duration.ofDays(30));
        Instant end = FULL.plus(Duration.ofDays(30).plusHours(1));
        assertThat(shown(START, last)).isEqualTo(new Range(end.minus(Duration.ofDays(14)), end));
    }

    @Test
    void ofLessAllIsShown() {
        assertThat(shown(START, START.plusSeconds(90))).isEqualTo(new Range(FULL, FULL.plus(Duration.ofHours(1))));
    }

    private static Range shown(Instant first, Instant last) {
        return new Archive((indices, body) -> holdings(first, last), InstantSource.fixed(last)).range(Filter.NONE);
    }

    private static ObjectNode holdings(Instant first, Instant last) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ObjectNode all = answer.putObject("aggregations");
        all.putObject("first").put("value", first.toEpochMilli());
        all.putObject("last").put("value", last.toEpochMilli());
        return answer;
    }
}
