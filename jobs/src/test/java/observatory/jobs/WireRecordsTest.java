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
import observatory.jobs.coverage.Rhythm;
import observatory.jobs.coverage.Tally;
import observatory.jobs.document.Document;
import observatory.jobs.finding.Finding;
import observatory.jobs.finding.beacon.BeaconNews;
import observatory.jobs.finding.beacon.BeaconSign;
import observatory.jobs.finding.beacon.Series;
import observatory.jobs.finding.cleartext.ClearVisit;
import observatory.jobs.finding.cohort.Member;
import observatory.jobs.finding.cohort.Talk;
import observatory.jobs.finding.cohort.Talker;
import observatory.jobs.finding.device.LanProbe;
import observatory.jobs.finding.device.Life;
import observatory.jobs.finding.nameless.FeedWatch;
import observatory.jobs.finding.nameless.NamelessVisit;
import observatory.jobs.finding.nameless.NamingEvent;
import observatory.jobs.finding.novelty.Acquaintance;
import observatory.jobs.finding.novelty.Encounter;
import observatory.jobs.finding.novelty.News;
import observatory.jobs.finding.novelty.Seen;
import observatory.jobs.finding.novelty.Visit;
import observatory.jobs.finding.residency.Breach;
import observatory.jobs.finding.sensor.Losses;
import observatory.jobs.finding.sensor.NamesMissing;
import observatory.jobs.finding.site.Presence;
import observatory.jobs.finding.site.SiteReport;
import observatory.jobs.finding.site.Suspicion;
import observatory.jobs.finding.upload.BigUpload;
import observatory.jobs.finding.upload.Outflow;
import observatory.jobs.finding.upload.UploadNews;
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
                observatory.jobs.finding.device.Visit.class,
                Life.class,
                LanProbe.class,
                Series.class,
                BeaconSign.class,
                BeaconNews.Shared.class,
                Outflow.class,
                BigUpload.class,
                UploadNews.Usual.class,
                SiteReport.class,
                Suspicion.class,
                Presence.class,
                ClearVisit.class,
                Losses.class,
                NamesMissing.class,
                Rhythm.class,
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
