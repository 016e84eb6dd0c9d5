package observatory.jobs.finding.cleartext;

import static observatory.jobs.finding.Samples.DAY;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import observatory.geo.attribution.NameState;
import observatory.jobs.finding.ClearProtocol;
import observatory.jobs.finding.Finding;
import observatory.jobs.finding.Finding.Severity;
import observatory.jobs.finding.Finding.State;
import observatory.jobs.finding.Harness;
import observatory.jobs.finding.Samples;
import observatory.jobs.order.Arrivals;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.junit.jupiter.api.Test;

class CleartextWatchTest {
    private static final long HOUR = 3_600_000;

    @Test
    void phonesOfASiteThatDoAlikeAreOneFindingThatGrows() throws Exception {
        try (var watch = started()) {
            List<Finding> told = watch.take(talk(ClearProtocol.HTTP, 3, 5)).until(DAY);

            assertThat(told).extracting(Finding::cause).containsOnly("zurich|pbx.com|http|1970-01-01");
            assertThat(told).extracting(Finding::count).isSorted().doesNotHaveDuplicates();
            assertThat(told.getLast().scope()).isEqualTo("site");
            assertThat(told.getLast().devices()).isEqualTo(3);
            assertThat(told.getLast().count()).isEqualTo(15);
        }
    }

    @Test
    void aDoubtfulNameIsToldOfWhoIsCalledOutsideOnly() {
        ClearVisit guessed = visit(NameState.GUESSED, true, "pbx.com");
        assertThat(guessed.doubts()).singleElement().asString().contains("guessed");
        assertThat(visit(NameState.FRESH, true, "pbx.com").doubts()).isEmpty();
        assertThat(visit(NameState.NONE, false, "pbx.com").doubts()).isEmpty();
        assertThat(visit(NameState.NONE, true, "local").doubts()).isEmpty();
    }

    @Test
    void whatWasMissingIsPartOfTheFinding() throws Exception {
        ClearVisit guessed = visit(NameState.GUESSED, true, "pbx.com");
        assertThat(all(List.of(guessed)).getFirst().missing()).isEqualTo(guessed.doubts());
    }

    @Test
    void eachProtocolIsAFindingOfItsOwnSeverity() throws Exception {
        try (var watch = started()) {
            for (ClearProtocol protocol : ClearProtocol.values()) {
                watch.take(talk(protocol, 1, 1));
            }
            assertThat(watch.until(DAY))
                    .extracting(Finding::severity)
                    .containsExactlyInAnyOrder(
                            Severity.MEDIUM,
                            Severity.MEDIUM,
                            Severity.HIGH,
                            Severity.HIGH,
                            Severity.LOW,
                            Severity.MEDIUM);
        }
    }

    @Test
    void afterThirtyQuietDaysItHasEndedAndTheStateIsEmpty() throws Exception {
        try (var watch = started()) {
            watch.take(talk(ClearProtocol.TELNET, 2, 2));
            assertThat(watch.until(29 * DAY)).extracting(Finding::state).doesNotContain(State.CLOSED);
            assertThat(watch.until(32 * DAY).getLast().state()).isEqualTo(State.CLOSED);
            assertThat(watch.isEmpty()).isTrue();
        }
    }

    @Test
    void theEndOfABoundedObservationEmptiesTheStateAndSaysNothing() throws Exception {
        try (var watch = Harness.started(new CleartextWatch(DAY), ClearVisit::key)) {
            watch.take(talk(ClearProtocol.TELNET, 2, 2));
            assertThat(watch.until(Long.MAX_VALUE)).extracting(Finding::state).containsOnly(State.OPEN);
            assertThat(watch.isEmpty()).isTrue();
        }
    }

    @Test
    void theStateSurvivesARestart() throws Exception {
        List<ClearVisit> visits = talk(ClearProtocol.FTP, 3, 6);
        List<Finding> told = new ArrayList<>();
        OperatorSubtaskState snapshot;
        try (var before = started()) {
            told.addAll(before.take(visits.subList(0, 8)).until(2 * HOUR));
            snapshot = before.snapshot(1, 1);
        }
        try (var after = new Harness<>(new CleartextWatch(Long.MAX_VALUE), ClearVisit::key)) {
            after.initializeState(snapshot);
            after.open();
            told.addAll(after.take(visits.subList(8, visits.size())).until(DAY));
        }
        assertThat(told).isEqualTo(all(visits));
    }

    @Test
    void theOrderOfArrivalDoesNotMatter() throws Exception {
        List<ClearVisit> visits = talk(ClearProtocol.TFTP, 4, 9);
        for (int seed = 0; seed < 3; seed++) {
            Arrivals<ClearVisit> live = Arrivals.delayed(visits, ClearVisit::endMillis, 2 * HOUR, seed)
                    .until(DAY)
                    .restarting(seed);
            assertThat(live.through(
                                    () -> new KeyedProcessOperator<>(new CleartextWatch(Long.MAX_VALUE)),
                                    ClearVisit::key)
                            .events())
                    .isEqualTo(all(visits));
        }
    }

    private static List<Finding> all(List<ClearVisit> visits) throws Exception {
        try (var watch = started()) {
            return watch.take(visits).until(DAY);
        }
    }

    private static List<ClearVisit> talk(ClearProtocol protocol, int phones, int hours) {
        List<ClearVisit> visits = new ArrayList<>();
        for (int hour = 0; hour < hours; hour++) {
            for (int phone = 0; phone < phones; phone++) {
                visits.add(visit(protocol, "phone" + phone, hour * HOUR + phone * 1_000L));
            }
        }
        return visits;
    }

    private static ClearVisit visit(ClearProtocol protocol, String phone, long millis) {
        return new ClearVisit(
                protocol,
                Samples.device(phone, 0),
                "pbx.com",
                true,
                millis,
                millis + 500,
                300,
                900,
                80,
                protocol == ClearProtocol.OLD_TLS ? "TLSv1.0" : "",
                NameState.FRESH,
                Samples.destination("pbx.com"));
    }

    private static ClearVisit visit(NameState name, boolean isOutward, String endpoint) {
        return new ClearVisit(
                ClearProtocol.HTTP,
                Samples.device("phone", 0),
                endpoint,
                isOutward,
                0,
                500,
                300,
                900,
                80,
                "",
                name,
                Samples.destination(endpoint));
    }

    private static Harness<ClearVisit> started() throws Exception {
        return Harness.started(new CleartextWatch(Long.MAX_VALUE), ClearVisit::key);
    }
}
