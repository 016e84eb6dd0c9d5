package observatory.jobs.finding.device;

import static observatory.jobs.finding.Samples.DAY;
import static observatory.jobs.finding.device.Visits.HOUR;
import static observatory.jobs.finding.device.Visits.MINUTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import observatory.geo.attribution.NameState;
import observatory.geo.party.Service.Purpose;
import observatory.jobs.finding.DetectionSettings;
import observatory.jobs.finding.Evidence;
import observatory.jobs.finding.Finding;
import observatory.jobs.finding.Finding.Kind;
import observatory.jobs.finding.Ordinary;
import observatory.jobs.finding.Samples;
import observatory.jobs.finding.beacon.BeaconSign;
import observatory.jobs.finding.beacon.Turn.What;
import observatory.jobs.finding.site.SiteReport;
import observatory.jobs.finding.upload.BigUpload;
import observatory.jobs.finding.upload.Outflow;
import observatory.jobs.rollup.Destination;
import observatory.jobs.rollup.Rollup;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.api.Test;

class DeviceWatchTest {
    @Test
    void dnsToAStrangerIsSuspectedOnceAnHour() throws Exception {
        try (var watch = started()) {
            for (int i = 0; i < 60; i++) {
                watch.processElement(Visits.dns("phone", "8.8.8.8", 53, i * MINUTE), 0);
            }
            watch.processWatermark(2 * HOUR);
            assertThat(suspected(watch)).extracting(Finding::kind).containsExactly(Kind.FOREIGN_RESOLVER);
            assertThat(suspected(watch)).extracting(Finding::count).containsExactly(60L);
        }
    }

    @Test
    void dnsOverTlsIsHidden() throws Exception {
        try (var watch = started()) {
            watch.processElement(Visits.dns("phone", "9.9.9.9", 853, 0), 0);
            watch.processWatermark(HOUR);
            assertThat(suspected(watch)).extracting(Finding::kind).containsExactly(Kind.HIDDEN_DNS);
        }
    }

    @Test
    void httpsToAResolverOfTheCatalogueIsHiddenAndToAnybodyElseIsNone() throws Exception {
        try (var watch = started()) {
            watch.processElement(Visits.dns("phone", "104.16.248.249", 443, 0, Samples.service(Purpose.NAMES)), 0);
            watch.processElement(Visits.dns("phone", "104.16.248.250", 443, 0, Samples.service(Purpose.SUPPORT)), 0);
            watch.processWatermark(HOUR);
            assertThat(suspected(watch)).extracting(Finding::kind).containsExactly(Kind.HIDDEN_DNS);
            assertThat(suspected(watch).getFirst().facts().getFirst())
                    .startsWith("DNS over HTTPS to 104.16.248.249 of dns.example");
        }
    }

    @Test
    void theResolverOfTheSiteIsNoStranger() throws Exception {
        try (var watch = started()) {
            watch.processElement(Visits.dns("phone", "10.0.0.53", 53, 0), 0);
            watch.processWatermark(HOUR);
            assertThat(suspected(watch)).isEmpty();
        }
    }

    @Test
    void aCallerOfTheLearningPeriodMayGoOnAndAnotherMayNot() throws Exception {
        try (var watch = started()) {
            watch.processElement(Visits.called("phone", "10.0.8.7", 443, DAY, 5), 0);
            watch.processElement(Visits.called("phone", "10.0.8.9", 443, 5 * DAY, 5), 0);
            watch.processElement(Visits.called("phone", "10.0.9.9", 443, 5 * DAY, 5), 0);
            watch.processWatermark(6 * DAY);
            assertThat(suspected(watch)).extracting(Finding::kind).containsExactly(Kind.NEW_INBOUND_SERVICE);
            assertThat(suspected(watch).getFirst().facts().getFirst()).contains("10.0.9.0/24");
        }
    }

    @Test
    void aRefusalIsNoAnswer() throws Exception {
        try (var watch = started()) {
            watch.processElement(Visits.internal("10.0.0.1", 80, 0), 0);
            watch.processElement(Visits.called("phone", "141.5.5.5", 22, 5 * DAY, 1), 0);
            watch.processWatermark(6 * DAY);
            assertThat(suspected(watch)).isEmpty();
        }
    }

    @Test
    void aConnectionSeenFromItsMiddleIsNoCall() throws Exception {
        try (var watch = started()) {
            watch.processElement(Visits.internal("10.0.0.1", 80, 0), 0);
            watch.processElement(Visits.called("phone", "141.5.5.5", 443, 40_000, 5 * DAY, 9), 0);
            watch.processWatermark(6 * DAY);
            assertThat(suspected(watch)).isEmpty();
        }
    }

    @Test
    void whoRegistersThePhoneMayCallIt() throws Exception {
        try (var watch = started()) {
            watch.processElement(Visits.udp("10.0.9.1", 5060, 1_000, 1_000), 0);
            watch.processElement(Visits.called("phone", "10.0.9.9", 443, 5 * DAY, 5), 0);
            watch.processWatermark(6 * DAY);
            assertThat(suspected(watch)).isEmpty();
        }
    }

    @Test
    void aManagerMayCallPhones() throws Exception {
        Ordinary managed = new Ordinary(List.of(), List.of("10.0.9.0/24"), Ordinary.ALL_CLEARTEXT, 10_000_000);
        try (var watch = harness(DetectionSettings.assumed(0).with(managed), Long.MAX_VALUE)) {
            watch.open();
            watch.processElement(Visits.tls("phone", "x.com", 0, 10), 0);
            watch.processElement(Visits.called("phone", "10.0.9.9", 443, 5 * DAY, 5), 0);
            watch.processWatermark(6 * DAY);
            assertThat(suspected(watch)).isEmpty();
        }
    }

    @Test
    void anHourOfManyBytesIsAnUploadAndAnOrdinaryOneIsNone() throws Exception {
        try (var watch = started()) {
            for (int i = 0; i < 48; i++) {
                watch.processElement(Visits.tls("phone", "x.com", i * 2 * HOUR, 3_000), 0);
            }
            watch.processElement(Visits.tls("phone", "x.com", 5 * DAY, 80_000_000), 0);
            watch.processWatermark(6 * DAY);
            assertThat(side(watch, DeviceWatch.UPLOADS))
                    .extracting(BigUpload::bytes, BigUpload::usual, BigUpload::isNews)
                    .containsExactly(tuple(80_000_000L, 3_000L, true));
        }
    }

    @Test
    void anUploadNamesTheDocumentThatHoldsItsBytes() throws Exception {
        Visit large = Visits.tls("phone", "x.com", 5 * DAY, 80_000_000);
        Visit later = Visits.tls("phone", "x.com", 5 * DAY + 50 * MINUTE, 3_000);
        try (var watch = started()) {
            watch.processElement(Visits.tls("phone", "x.com", 0, 3_000), 0);
            watch.processElement(large, 0);
            watch.processElement(later, 0);
            watch.processWatermark(6 * DAY);

            Rollup written = Samples.rollup(large.device(), "x.com", Rollup.windowOf(large.endMillis()));
            assertThat(side(watch, DeviceWatch.UPLOADS))
                    .extracting(BigUpload::evidence)
                    .containsExactly(Evidence.of(written));
        }
    }

    @Test
    void anUploadGoesWhereItsLargestFlowWent() {
        Destination near = Samples.destination("near.com");
        Destination far = Samples.destination("far.com");
        Outflow sent = Outflow.none(0, near)
                .and(sending(500, 1, 10, near))
                .and(sending(9_000, 100, 30, far))
                .and(sending(600, 1, 50, near));

        assertThat(sent.largest()).isEqualTo(sending(9_000, 100, 30, far));
        assertThat(sent.scale()).isEqualTo(100);
        assertThat(sent.bytes()).isEqualTo(10_100);
        Outflow next = sent.next(HOUR).and(sending(1, 1, HOUR, near));
        assertThat(next.largest().to()).isEqualTo(near);
        assertThat(next.scale()).isEqualTo(1);
    }

    private static Outflow.Sending sending(long bytes, long scale, long startMillis, Destination to) {
        return new Outflow.Sending(bytes, scale, startMillis, startMillis + 10, to, NameState.FRESH);
    }

    @Test
    void whoIsHeardOfIsToldWithTheDocumentOfItsLatestFlow() throws Exception {
        Visit latest = Visits.tls("phone", "y.com", 50 * MINUTE, 3_000);
        try (var watch = started()) {
            watch.processElement(latest, 0);
            watch.processElement(Visits.tls("phone", "x.com", 0, 3_000), 0);
            watch.processWatermark(2 * HOUR);
            assertThat(side(watch, DeviceWatch.SITE))
                    .extracting(SiteReport::last)
                    .containsExactly(latest.evidence());
        }
    }

    @Test
    void questionsThatComeEvenlyAreNoBeacon() throws Exception {
        try (var watch = started()) {
            watch.processElement(Visits.tls("phone", "home.com", 0, 900), 0);
            for (long time = 4 * DAY; time < 6 * DAY; time += HOUR) {
                watch.processElement(Visits.dns("phone", "9.9.9.9", 53, time), 0);
            }
            watch.processWatermark(7 * DAY);
            assertThat(side(watch, DeviceWatch.BEACONS)).isEmpty();
        }
    }

    @Test
    void aNewBeaconIsToldAndRefreshedEveryDay() throws Exception {
        try (var watch = started()) {
            watch.processElement(Visits.tls("phone", "home.com", 0, 900), 0);
            beacon(watch, 4 * DAY, 4 * DAY + 60 * HOUR);
            watch.processWatermark(7 * DAY);
            assertThat(side(watch, DeviceWatch.BEACONS))
                    .extracting(sign -> sign.turn().what())
                    .containsExactly(What.BEGAN, What.KNOWN, What.KNOWN, What.KNOWN);
        }
    }

    @Test
    void aProbeThatPausesHasEnded() throws Exception {
        try (var watch = started()) {
            probe(watch, DAY);
            probe(watch, DAY + 3 * HOUR);
            watch.processWatermark(3 * DAY);

            assertThat(watch.extractOutputValues())
                    .filteredOn(finding -> finding.state() == Finding.State.CLOSED)
                    .extracting(Finding::firstMillis)
                    .containsExactly(DAY, DAY + 3 * HOUR);
            assertThat(watch.extractOutputValues().getLast().state()).isEqualTo(Finding.State.CLOSED);
        }
    }

    @Test
    void theEndOfABoundedObservationEndsNoProbe() throws Exception {
        try (var watch = harness(DetectionSettings.assumed(0), DAY + 2 * HOUR)) {
            watch.open();
            probe(watch, DAY);
            watch.processWatermark(Long.MAX_VALUE);
            assertThat(watch.extractOutputValues())
                    .extracting(Finding::state)
                    .containsOnly(Finding.State.OPEN)
                    .isNotEmpty();
        }
    }

    private static void probe(Watch watch, long from) {
        for (int i = 0; i < 40; i++) {
            process(watch, Visits.internal("10.0.0." + i, 22, from + i * 1_000));
        }
    }

    @Test
    void theStateEmptiesWhenTheDeviceIsGone() throws Exception {
        try (var watch = started()) {
            everything().forEach(visit -> process(watch, visit));
            watch.processWatermark(8 * DAY);
            assertThat(watch.numKeyedStateEntries()).isPositive();
            watch.processWatermark(80 * DAY);
            assertThat(watch.numKeyedStateEntries()).isZero();
            assertThat(watch.numEventTimeTimers()).isZero();
        }
    }

    @Test
    void theStateEmptiesAtTheEndOfABoundedObservation() throws Exception {
        try (var watch = harness(DetectionSettings.assumed(0), 7 * DAY)) {
            watch.open();
            everything().forEach(visit -> process(watch, visit));
            watch.processWatermark(Long.MAX_VALUE);
            assertThat(watch.numKeyedStateEntries()).isZero();
            assertThat(watch.numEventTimeTimers()).isZero();
        }
    }

    @Test
    void theStateSurvivesARestart() throws Exception {
        List<Visit> visits = everything();
        OperatorSubtaskState snapshot;
        List<String> interrupted = new ArrayList<>();
        try (var before = started()) {
            visits.subList(0, visits.size() / 2).forEach(visit -> process(before, visit));
            before.processWatermark(visits.get(visits.size() / 2).endMillis() - 1);
            interrupted.addAll(all(before));
            snapshot = before.snapshot(1, 1);
        }
        try (var after = harness(DetectionSettings.assumed(0), Long.MAX_VALUE)) {
            after.initializeState(snapshot);
            after.open();
            visits.subList(visits.size() / 2, visits.size()).forEach(visit -> process(after, visit));
            after.processWatermark(9 * DAY);
            interrupted.addAll(all(after));
        }
        assertThat(interrupted).containsExactlyInAnyOrderElementsOf(run(visits));
    }

    @Test
    void theOrderOfArrivalDoesNotMatter() throws Exception {
        List<Visit> shuffled = everything();
        Collections.shuffle(shuffled, new Random(3));
        assertThat(run(shuffled)).isEqualTo(run(everything()));
    }

    private static List<String> run(List<Visit> visits) throws Exception {
        try (var watch = started()) {
            visits.forEach(visit -> process(watch, visit));
            watch.processWatermark(9 * DAY);
            return all(watch);
        }
    }

    private static List<Visit> everything() {
        List<Visit> visits = new ArrayList<>();
        for (long time = 0; time < 7 * DAY; time += 20 * MINUTE) {
            visits.add(Visits.tls(
                    "phone", time < 4 * DAY ? "x.com" : "new.com", time, time == 5 * DAY ? 90_000_000 : 900));
            visits.add(Visits.dns("phone", time % (40 * MINUTE) == 0 ? "8.8.8.8" : "10.0.0.53", 53, time));
        }
        for (int i = 0; i < 40; i++) {
            visits.add(Visits.internal("10.0.0." + i, 22, 5 * DAY + i * 1_000));
        }
        visits.add(Visits.called("phone", "141.5.5.5", 22, 6 * DAY, 5));
        visits.sort(Visit.ORDER);
        return visits;
    }

    private static void beacon(Watch watch, long from, long to) {
        for (long time = from; time < to; time += 20 * MINUTE) {
            process(watch, Visits.tls("phone", "new.com", time, 900));
        }
    }

    private static void process(Watch watch, Visit visit) {
        try {
            watch.processElement(visit, 0);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Finding> suspected(Watch watch) {
        return side(watch, DeviceWatch.SITE).stream()
                .filter(event -> event.suspicion() != null)
                .map(event -> event.suspicion().finding())
                .toList();
    }

    private static List<String> all(Watch watch) {
        List<String> all = new ArrayList<>();
        watch.extractOutputValues().forEach(finding -> all.add(finding.toString()));
        for (SiteReport event : side(watch, DeviceWatch.SITE)) {
            all.add(event.toString());
        }
        for (BeaconSign sign : side(watch, DeviceWatch.BEACONS)) {
            all.add(sign.toString());
        }
        for (BigUpload upload : side(watch, DeviceWatch.UPLOADS)) {
            all.add(upload.toString());
        }
        return all;
    }

    private static <T> List<T> side(Watch watch, OutputTag<T> tag) {
        Queue<StreamRecord<T>> records = watch.getSideOutput(tag);
        return records == null
                ? List.of()
                : records.stream().map(StreamRecord::getValue).toList();
    }

    private static Watch started() throws Exception {
        Watch watch = harness(DetectionSettings.assumed(0), Long.MAX_VALUE);
        watch.open();
        return watch;
    }

    private static Watch harness(DetectionSettings settings, long endMillis) throws Exception {
        return new Watch(new DeviceWatch(settings, endMillis));
    }

    /** A short name for a long type. */
    private static final class Watch extends KeyedOneInputStreamOperatorTestHarness<String, Visit, Finding> {
        Watch(DeviceWatch watch) throws Exception {
            super(new KeyedProcessOperator<>(watch), visit -> visit.device().key(), Types.STRING);
        }
    }
}
