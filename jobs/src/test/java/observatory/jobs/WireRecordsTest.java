package observatory.jobs;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.stream.Stream;
import observatory.ingest.decode.RawMessage;
import observatory.jobs.attribute.Announcement;
import observatory.jobs.attribute.AttributedFlow;
import observatory.jobs.attribute.Binding;
import observatory.jobs.attribute.Device;
import observatory.jobs.attribute.DeviceEvent;
import observatory.jobs.attribute.DeviceSeen;
import observatory.jobs.attribute.GeoChange;
import observatory.jobs.attribute.NamedDns;
import observatory.jobs.attribute.NamedFlow;
import observatory.jobs.attribute.Reached;
import observatory.jobs.attribute.SiteEvent;
import observatory.jobs.attribute.TimedRejection;
import observatory.jobs.attribute.WaitingHalf;
import observatory.jobs.attribute.Witness;
import observatory.jobs.coverage.MinuteCoverage;
import observatory.jobs.coverage.Tally;
import observatory.jobs.document.Document;
import observatory.jobs.finding.Contact;
import observatory.jobs.finding.Finding;
import observatory.jobs.finding.LanProbe;
import observatory.jobs.finding.cohort.Member;
import observatory.jobs.finding.cohort.Talk;
import observatory.jobs.finding.cohort.Talker;
import observatory.jobs.finding.nameless.FeedWatch;
import observatory.jobs.finding.nameless.NamelessVisit;
import observatory.jobs.finding.nameless.NamingEvent;
import observatory.jobs.finding.novelty.Acquaintance;
import observatory.jobs.finding.novelty.Encounter;
import observatory.jobs.finding.novelty.News;
import observatory.jobs.finding.novelty.Seen;
import observatory.jobs.finding.novelty.Visit;
import observatory.jobs.finding.residency.Breach;
import observatory.jobs.rollup.Rollup;
import observatory.jobs.summary.NamingDay;
import observatory.jobs.summary.Totals;
import org.apache.flink.types.PojoTestUtils;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every record that crosses the wire or lies in state is a Flink POJO to its last field. */
class WireRecordsTest {
    static Stream<Class<?>> records() {
        return Stream.of(
                RawMessage.class,
                DeviceEvent.class,
                NamedFlow.class,
                SiteEvent.class,
                AttributedFlow.class,
                NamedDns.class,
                DeviceSeen.class,
                TimedRejection.class,
                Tally.class,
                MinuteCoverage.class,
                Rollup.class,
                Seen.class,
                Breach.class,
                NamingEvent.class,
                NamelessVisit.class,
                FeedWatch.class,
                Visit.class,
                Member.class,
                Talk.class,
                Talker.class,
                Encounter.class,
                Acquaintance.class,
                News.class,
                Finding.class,
                Contact.class,
                LanProbe.class,
                Totals.class,
                NamingDay.class,
                Document.class,
                GeoChange.class,
                Reached.class,
                Device.class,
                Binding.class,
                Announcement.class,
                WaitingHalf.class,
                Witness.class);
    }

    @ParameterizedTest
    @MethodSource("records")
    void aRecordOnTheWireNeedsNoKryo(Class<?> type) {
        assertThatCode(() -> PojoTestUtils.assertSerializedAsPojoWithoutKryo(type))
                .doesNotThrowAnyException();
    }
}
