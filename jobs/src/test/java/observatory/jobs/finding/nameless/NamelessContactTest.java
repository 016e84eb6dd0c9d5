package observatory.jobs.finding.nameless;

import static observatory.jobs.finding.Samples.DAY;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import observatory.jobs.finding.Finding;
import observatory.jobs.finding.Samples;
import observatory.jobs.order.Arrivals;
import observatory.jobs.rollup.Rollup;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.junit.jupiter.api.Test;

/** The feed of names and the finding, one behind the other as in the job. */
class NamelessContactTest {
    private static final long HOUR = 3_600_000;
    private static final long BOUND = 600_000;
    /** A day of names comes before anything is certain. */
    private static final long FROM = 25 * HOUR;

    @Test
    void whatGoesOnForHoursIsOneFindingToldOnceAnHour() throws Exception {
        List<Finding> told = found(inOrder(contacts(8)).until(5 * DAY)).events();

        assertThat(told).extracting(Finding::cause).containsOnly("zurich|AS64500 203.0.113.0/24|1970-01-02");
        assertThat(told).hasSizeBetween(8, 10);
        assertThat(told.getLast().count()).isEqualTo(96);
        assertThat(told.getLast().devices()).isEqualTo(2);
    }

    @Test
    void theStateEmptiesAMonthAfterTheLastContact() throws Exception {
        Arrivals<NamingEvent> events = inOrder(contacts(1));

        assertThat(found(events.until(20 * DAY)).left()).isPositive();
        assertThat(found(events.until(40 * DAY)).left()).isZero();
    }

    @Test
    void stepsOfTimeAndOneGoGiveTheSame() throws Exception {
        List<Finding> steps = found(inOrder(contacts(8)).until(5 * DAY)).events();
        List<Finding> oneGo =
                found(Arrivals.inOneGo(events(contacts(8))).until(5 * DAY)).events();

        assertThat(steps).isEqualTo(oneGo);
    }

    @Test
    void whateverTheOrderOfArrivalAndHoweverOftenItRestartsItIsTheSame() throws Exception {
        List<NamingEvent> events = events(contacts(8));
        List<Finding> expected = found(inOrder(contacts(8)).until(5 * DAY)).events();
        for (int seed = 0; seed < 4; seed++) {
            Arrivals<NamingEvent> live = Arrivals.delayed(events, NamingEvent::timeMillis, BOUND, seed)
                    .until(5 * DAY)
                    .restarting(seed % 3);

            assertThat(found(live).events()).isEqualTo(expected);
        }
    }

    private static Arrivals<Finding> found(Arrivals<NamingEvent> events) throws Exception {
        return events.through(() -> new KeyedProcessOperator<>(new NamingFeed(BOUND)), NamingEvent::site)
                .map(visit -> visit.names() == NamelessVisit.Names.COMPLETE ? visit.contact() : null)
                .through(
                        () -> new KeyedProcessOperator<>(new NamelessContact(BOUND, Long.MAX_VALUE)),
                        NamelessContact::keyOf);
    }

    private static Arrivals<NamingEvent> inOrder(List<Rollup> contacts) {
        return Arrivals.inOrder(events(contacts), NamingEvent::timeMillis);
    }

    /** The contacts, among questions of both phones that never break off. */
    private static List<NamingEvent> events(List<Rollup> contacts) {
        List<NamingEvent> events = new ArrayList<>();
        for (long end = Rollup.WINDOW_MILLIS - 1; end < 48 * HOUR; end += Rollup.WINDOW_MILLIS) {
            events.add(new NamingEvent("zurich", "a", end, null));
            events.add(new NamingEvent("zurich", "b", end, null));
        }
        contacts.forEach(contact -> events.add(NamingEvent.contacted(contact)));
        return events;
    }

    private static List<Rollup> contacts(int hours) {
        List<Rollup> contacts = new ArrayList<>();
        for (int i = 0; i < 12 * hours; i++) {
            contacts.add(Samples.rollup(
                    Samples.device(i % 2 == 0 ? "a" : "b", 0),
                    "AS64500 203.0.113.0/24",
                    FROM + i * Rollup.WINDOW_MILLIS));
        }
        return contacts;
    }
}
