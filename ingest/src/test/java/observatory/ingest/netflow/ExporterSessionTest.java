package observatory.ingest.netflow;

import static observatory.ingest.netflow.DatagramBuilder.SECONDS;
import static observatory.ingest.netflow.DatagramBuilder.ipfix;
import static observatory.ingest.netflow.DatagramBuilder.message;
import static observatory.ingest.netflow.DatagramBuilder.record;
import static observatory.ingest.netflow.DatagramBuilder.v5;
import static observatory.ingest.netflow.DatagramBuilder.v9;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import observatory.ingest.decode.Decoded;
import observatory.ingest.decode.Rejection;
import observatory.ingest.decode.Rejection.Reason;
import observatory.ingest.observation.ExportDetail;
import observatory.ingest.observation.ExportDetail.Translation;
import observatory.ingest.observation.FlowObservation;
import observatory.ingest.observation.Observation;
import observatory.ingest.observation.SensorStatus;
import org.junit.jupiter.api.Test;

class ExporterSessionTest {
    private static final long NANOS = 1_000_000_000L;

    /** Source, destination, ports, protocol, bytes, packets. */
    private static final int[] PLAIN = {8, 4, 12, 4, 7, 2, 11, 2, 4, 1, 1, 4, 2, 4};

    private final ExporterSession session = new ExporterSession();

    @Test
    void aVersion5RecordBecomesAFlowWithItsTimesAndSampling() {
        FlowObservation flow =
                flows(session.decode(message(v5(0, 1, SECONDS, 60_000)))).getFirst();
        assertThat(flow.observerType()).isEqualTo("netflow5");
        assertThat(flow.source()).hasToString("10.0.0.1");
        assertThat(flow.destinationPort()).isEqualTo(5061);
        assertThat(flow.startNanos()).isEqualTo((SECONDS - 2) * NANOS);
        assertThat(flow.endNanos()).isEqualTo((SECONDS - 1) * NANOS);
        assertThat(flow.sourceBytes()).isEqualTo(300);
        assertThat(flow.destinationBytes()).isEqualTo(FlowObservation.ABSENT);
        assertThat(export(flow).samplingInterval()).isEqualTo(10);
    }

    @Test
    void dataThatComeBeforeTheirTemplateWaitForIt() {
        Decoded early = session.decode(message(v9(1).data(300, plain(100)).bytes()));
        Decoded late = session.decode(
                message(v9(2).template(300, PLAIN).data(300, plain(200)).bytes()));
        assertThat(early.observations()).isEmpty();
        assertThat(flows(late)).extracting(FlowObservation::sourceBytes).containsExactly(100L, 200L);
        assertThat(session.giveUp()).isEmpty();
    }

    @Test
    void dataWhoseTemplateNeverComesAreRejectedOnce() {
        session.decode(message(v9(1).data(300, plain(1)).bytes()));
        assertThat(session.giveUp()).singleElement().satisfies(rejection -> {
            assertThat(rejection.reason()).isEqualTo(Reason.NO_TEMPLATE);
            assertThat(rejection.offset()).isEqualTo(24);
            assertThat(rejection.detail()).contains("template 300 of domain 7").contains("21 bytes");
        });
        assertThat(session.giveUp()).isEmpty();
    }

    @Test
    void waitingEndsAfterItsTime() {
        ExporterSession patient = new ExporterSession(new SessionSettings(Duration.ofMinutes(5), Duration.ofDays(1)));
        long received = SECONDS * NANOS;
        patient.decode(message(v9(1).data(300, plain(1)).bytes(), 4000, received));
        assertThat(patient.expire(received + Duration.ofMinutes(5).toNanos())).isEmpty();
        assertThat(patient.expire(received + Duration.ofMinutes(5).toNanos() + 1))
                .hasSize(1);
        assertThat(patient.held()).isZero();
    }

    @Test
    void waitingDataAreBounded() {
        List<Rejection> rejections = new ArrayList<>();
        for (int i = 0; i < ExporterSession.MOST_HELD_SETS + 10; i++) {
            rejections.addAll(
                    session.decode(message(v9(i).data(300, plain(i)).bytes())).rejections());
        }
        assertThat(rejections).hasSize(10).allMatch(rejection -> rejection.reason() == Reason.NO_TEMPLATE);
        assertThat(session.held()).isEqualTo(ExporterSession.MOST_HELD_SETS);
        assertThat(session.giveUp()).hasSize(ExporterSession.MOST_HELD_SETS);
    }

    @Test
    void aSamplerOfTheOptionsIsFoundByTheRecordsThatNameIt() {
        session.decode(message(v9(1).options(257, 1, 4, 48, 2, 50, 4)
                .data(257, record().u32(0).u16(3).u32(512).bytes())
                .bytes()));
        int[] sampled = Arrays.copyOf(PLAIN, PLAIN.length + 2);
        sampled[PLAIN.length] = 48;
        sampled[PLAIN.length + 1] = 2;
        byte[] data = record().raw(plain(100)).u16(3).raw(plain(100)).u16(4).bytes();
        Decoded decoded = session.decode(
                message(v9(2).template(300, sampled).data(300, data).bytes()));
        assertThat(flows(decoded))
                .extracting(
                        flow -> export(flow).samplingInterval(),
                        flow -> export(flow).samplingAssumed())
                .containsExactly(tuple(512L, false), tuple(0L, true));
    }

    @Test
    void aBiflowCarriesBothDirections() {
        byte[] template = ipfix(0).u16(2)
                .u16(4 + 4 + 4 * 4 + 8)
                .u16(300)
                .u16(5)
                .u16(8)
                .u16(4)
                .u16(12)
                .u16(4)
                .u16(4)
                .u16(1)
                .u16(1)
                .u16(4)
                .u16(0x8001)
                .u16(4)
                .u32(29_305)
                .data(300, record().u32(1).u32(2).u8(6).u32(100).u32(9000).bytes())
                .bytes();
        FlowObservation flow = flows(session.decode(message(template))).getFirst();
        assertThat(flow.sourceBytes()).isEqualTo(100);
        assertThat(flow.destinationBytes()).isEqualTo(9000);
    }

    @Test
    void variableLengthFieldsAreSteppedOver() {
        byte[] name = "teams".getBytes(StandardCharsets.US_ASCII);
        byte[] data = record().u8(255)
                .u16(300)
                .raw(new byte[300])
                .u32(1)
                .u32(2)
                .u8(5)
                .raw(name)
                .u32(77)
                .bytes();
        Decoded decoded = session.decode(message(ipfix(0).template(300, 291, 65_535, 8, 4, 12, 4, 96, 65_535, 1, 4)
                .data(300, data)
                .bytes()));
        FlowObservation flow = flows(decoded).getFirst();
        assertThat(flow.sourceBytes()).isEqualTo(77);
        assertThat(export(flow).application()).isEqualTo("teams");
    }

    @Test
    void aWithdrawnTemplateIsForgotten() {
        session.decode(message(ipfix(0).template(300, PLAIN).bytes()));
        session.decode(message(ipfix(0).template(300).bytes()));
        assertThat(session.decode(message(ipfix(0).data(300, plain(1)).bytes())).observations())
                .isEmpty();
        assertThat(session.giveUp()).hasSize(1);
    }

    @Test
    void aConnectionThatWasOnlyOpenedOrDeniedIsNoFlow() {
        int[] event = {8, 4, 12, 4, 233, 1, 231, 4, 232, 4};
        byte[] data = record().u32(1)
                .u32(2)
                .u8(1)
                .u32(0)
                .u32(0)
                .u32(1)
                .u32(2)
                .u8(3)
                .u32(0)
                .u32(0)
                .u32(1)
                .u32(2)
                .u8(2)
                .u32(500)
                .u32(700)
                .bytes();
        Decoded decoded = session.decode(
                message(v9(1).template(263, event).data(263, data).bytes()));
        assertThat(decoded.rejections())
                .extracting(Rejection::detail)
                .containsExactly("netflow9 flow-created", "netflow9 flow-denied");
        FlowObservation flow = flows(decoded).getFirst();
        assertThat(flow.sourceBytes()).isEqualTo(500);
        assertThat(flow.destinationBytes()).isEqualTo(700);
    }

    @Test
    void aRecordWithoutAddressesIsNoFlow() {
        Decoded decoded = session.decode(message(v9(1).template(300, 1, 4, 2, 4)
                .data(300, record().u32(1).u32(1).bytes())
                .bytes()));
        assertThat(decoded.rejections())
                .extracting(Rejection::reason, Rejection::detail)
                .containsExactly(tuple(Reason.UNUSED_KIND, "netflow9 record without addresses"));
    }

    @Test
    void translatedAddressesAreKeptApart() {
        int[] nat = {8, 4, 12, 4, 7, 2, 225, 4, 227, 2, 1, 4};
        byte[] data = record().u32(0x0a00_0001)
                .u32(0xc000_0201)
                .u16(5060)
                .u32(0xc633_6401)
                .u16(40_000)
                .u32(9)
                .bytes();
        FlowObservation flow = flows(session.decode(
                        message(v9(1).template(300, nat).data(300, data).bytes())))
                .getFirst();
        assertThat(flow.source()).hasToString("10.0.0.1");
        assertThat(nat(flow).source()).hasToString("198.51.100.1");
        assertThat(nat(flow).sourcePort()).isEqualTo(40_000);
        assertThat(nat(flow).destination()).isNull();
    }

    @Test
    void theTypeOfAnIcmpPacketIsFoundInTheDestinationPort() {
        byte[] data =
                record().u32(1).u32(2).u16(0).u16(0x0800).u8(1).u32(1).u32(1).bytes();
        FlowObservation flow = flows(session.decode(
                        message(v9(1).template(300, PLAIN).data(300, data).bytes())))
                .getFirst();
        assertThat(flow.sourcePort()).isEqualTo(8);
        assertThat(flow.destinationPort()).isZero();
    }

    @Test
    void aWrongClockIsReplacedByTheTimeOfReceiptAndSaysSo() {
        ExporterSession live = new ExporterSession(SessionSettings.LIVE);
        long received = (SECONDS + 3600) * NANOS;
        Decoded decoded = live.decode(message(v5(0, 1, SECONDS, 60_000), 4000, received));
        FlowObservation flow = flows(decoded).getFirst();
        assertThat(flow.startNanos()).isEqualTo(received - 2 * NANOS);
        assertThat(export(flow).clockSkewed()).isTrue();
        assertThat(statuses(decoded))
                .singleElement()
                .extracting(SensorStatus::skewMillis)
                .isEqualTo(-3_600_000L);
    }

    @Test
    void aFlowThatEndsAfterItWasToldEndedWhenItWasReceived() {
        ExporterSession live = new ExporterSession(SessionSettings.LIVE);
        long received = SECONDS * NANOS;
        byte[] flow = record().u32(0x0a000007)
                .u32(0xcb007109L)
                .u32(500)
                .u64((SECONDS + 2_000_000) * 1000)
                .u64((SECONDS + 2_000_030) * 1000)
                .bytes();
        byte[] datagram = v9(1).template(300, 8, 4, 12, 4, 1, 4, 152, 8, 153, 8)
                .data(300, flow)
                .bytes();
        FlowObservation told =
                flows(live.decode(message(datagram, 4000, received))).getFirst();
        assertThat(told.endNanos()).isEqualTo(received);
        assertThat(told.startNanos()).isEqualTo(received - 30 * NANOS);
        assertThat(export(told).clockSkewed()).isTrue();
    }

    @Test
    void aSmallSkewIsLeftAlone() {
        ExporterSession live = new ExporterSession(SessionSettings.LIVE);
        FlowObservation flow = flows(live.decode(message(v5(0, 1, SECONDS, 60_000), 4000, (SECONDS + 500) * NANOS)))
                .getFirst();
        assertThat(flow.endNanos()).isEqualTo((SECONDS - 1) * NANOS);
        assertThat(export(flow).clockSkewed()).isFalse();
    }

    @Test
    void everyFiftiethDatagramDroppedIsReportedAsLost() {
        long[] lost = new long[3];
        ExporterSession v9 = new ExporterSession();
        ExporterSession ipfix = new ExporterSession();
        v9.decode(message(v9(0).template(300, PLAIN).bytes()));
        ipfix.decode(message(ipfix(0).template(300, PLAIN).bytes()));
        for (int i = 1; i <= 1000; i++) {
            if (i % 50 != 0) {
                byte[] two = record().raw(plain(i)).raw(plain(i)).bytes();
                lost[0] += lost(session.decode(message(v5(30L * (i - 1), 30, SECONDS + i, 60_000 + i * 1000L))));
                lost[1] += lost(v9.decode(message(v9(i).data(300, two).bytes())));
                lost[2] += lost(
                        ipfix.decode(message(ipfix(2L * (i - 1)).data(300, two).bytes())));
            }
        }
        // The very last one was dropped too, which nothing can show.
        assertThat(lost).containsExactly(30 * 19, 19, 2 * 19);
    }

    @Test
    void aRestartedExporterIsNoGap() {
        session.decode(message(v5(5000, 30, SECONDS, 9_000_000)));
        session.decode(message(v5(5030, 30, SECONDS + 1, 9_001_000)));
        Decoded decoded = session.decode(message(v5(60_000, 30, SECONDS + 31, 20_000)));
        assertThat(statuses(decoded)).singleElement().satisfies(status -> {
            assertThat(status.restarts()).isEqualTo(1);
            assertThat(status.lost()).isZero();
            assertThat(status.gaps()).isZero();
        });
    }

    @Test
    void aSequenceThatBeginsAnewIsNoGap() {
        session.decode(
                message(ipfix(90_000).template(300, PLAIN).data(300, plain(1)).bytes()));
        Decoded decoded = session.decode(message(ipfix(0).data(300, plain(2)).bytes()));
        assertThat(statuses(decoded)).singleElement().satisfies(status -> {
            assertThat(status.restarts()).isEqualTo(1);
            assertThat(status.lost()).isZero();
        });
    }

    @Test
    void aDatagramThatCameLateIsNotLost() {
        long lost = 0;
        long late = 0;
        for (int sequence : new int[] {1, 2, 4, 3, 5, 6}) {
            Decoded decoded =
                    session.decode(message(v9(sequence).template(300, PLAIN).bytes()));
            lost += lost(decoded);
            late += statuses(decoded).stream()
                    .mapToLong(SensorStatus::outOfOrder)
                    .sum();
        }
        assertThat(lost).isZero();
        assertThat(late).isEqualTo(1);
    }

    @Test
    void aSequenceTurnsOverWithoutLoss() {
        assertThat(lost(session.decode(message(v5(0xffff_ffffL - 29, 30, SECONDS, 60_000)))))
                .isZero();
        Decoded decoded = session.decode(message(v5(0, 30, SECONDS + 1, 61_000)));
        assertThat(statuses(decoded)).isEmpty();
    }

    @Test
    void aDatagramThatComesTwiceCountsOnce() {
        byte[] datagram = v5(0, 30, SECONDS, 60_000);
        session.decode(message(datagram));
        Decoded again = session.decode(message(datagram));
        assertThat(flows(again)).isEmpty();
        assertThat(statuses(again))
                .singleElement()
                .extracting(SensorStatus::duplicates)
                .isEqualTo(1L);
    }

    @Test
    void twoProcessesBehindOneAddressKeepTheirTemplatesApart() {
        int[] other = {1, 4, 8, 4, 12, 4};
        byte[] otherData = record().u32(555).u32(1).u32(2).bytes();
        session.decode(message(v9(1).template(300, PLAIN).data(300, plain(1)).bytes(), 4000, 0));
        session.decode(message(v9(900).data(999, otherData).bytes(), 5000, 0));
        session.decode(message(v9(901).template(300, other).data(300, otherData).bytes(), 5000, 0));
        Decoded first = session.decode(message(v9(2).data(300, plain(44)).bytes(), 4000, 0));
        Decoded second = session.decode(message(v9(902).data(300, otherData).bytes(), 5000, 0));
        assertThat(flows(first)).extracting(FlowObservation::sourceBytes).containsExactly(44L);
        assertThat(flows(second)).extracting(FlowObservation::sourceBytes).containsExactly(555L);
    }

    @Test
    void aFloodOfTemplatesIsBoundedAndCounted() {
        long evicted = 0;
        for (int i = 0; i < 40_000; i++) {
            DatagramBuilder flood = DatagramBuilder.v9(i, i, SECONDS, 60_000);
            for (int id = 0; id < 250; id++) {
                flood.template(256 + id, 1, 4);
            }
            evicted += session.decode(message(flood.bytes())).rejections().stream()
                    .filter(rejection -> rejection.detail().contains("templates gave way"))
                    .count();
        }
        assertThat(evicted).isEqualTo(40_000L * 250 - TemplateTable.MOST_TEMPLATES);
        assertThat(session.templates().all()).hasSize(TemplateTable.MOST_TEMPLATES);
        assertThat(session.domains()).hasSize(ExporterSession.MOST_DOMAINS);
    }

    @Test
    void aFloodOfDomainsIsBoundedAndCounted() {
        long forgotten = 0;
        for (int domain = 0; domain < 3 * ExporterSession.MOST_DOMAINS; domain++) {
            Decoded decoded = session.decode(
                    message(DatagramBuilder.v9(1, domain, SECONDS, 60_000).bytes()));
            forgotten += decoded.rejections().stream()
                    .filter(rejection -> rejection.reason() == Reason.BOUND_EXCEEDED)
                    .count();
        }
        assertThat(forgotten).isEqualTo(2 * ExporterSession.MOST_DOMAINS);
    }

    @Test
    void aTemplateOfVeryManyFieldsIsRefusedByItsBound() {
        int[] fields = new int[2 * 16_000];
        Arrays.fill(fields, 1);
        Decoded decoded = session.decode(message(v9(1).template(300, fields).bytes()));
        assertThat(decoded.rejections()).singleElement().satisfies(rejection -> {
            assertThat(rejection.reason()).isEqualTo(Reason.BOUND_EXCEEDED);
            assertThat(rejection.detail()).contains("16000 fields");
        });
        byte[] most = record().u16(9)
                .u16(1)
                .u32(0)
                .u32(SECONDS)
                .u32(2)
                .u32(7)
                .u16(0)
                .u16(12)
                .u16(300)
                .u16(65_535)
                .u16(1)
                .u16(4)
                .bytes();
        assertThat(session.decode(message(most)).rejections())
                .extracting(Rejection::reason)
                .containsExactly(Reason.TRUNCATED);
    }

    @Test
    void aTemplateOfNoBytesIsRefused() {
        Decoded decoded = session.decode(message(v9(1).template(300, 1, 0, 2, 0).bytes()));
        assertThat(decoded.rejections()).extracting(Rejection::reason).containsExactly(Reason.BAD_VALUE);
    }

    @Test
    void otherVersionsAreRefusedByName() {
        Decoded decoded = session.decode(message(record().u16(7).u16(1).u32(0).bytes()));
        assertThat(decoded.rejections()).singleElement().satisfies(rejection -> {
            assertThat(rejection.reason()).isEqualTo(Reason.UNSUPPORTED_VERSION);
            assertThat(rejection.detail()).contains("version 7");
        });
    }

    @Test
    void aSessionGoesOnAfterASnapshotAsIfNothingHadHappened() {
        List<byte[]> stream = stream();
        List<Observation> straight = new ArrayList<>();
        List<Observation> restored = new ArrayList<>();
        ExporterSession second = new ExporterSession();
        for (byte[] datagram : stream) {
            straight.addAll(session.decode(message(datagram)).observations());
            second = ExporterSession.restore(second.snapshot());
            restored.addAll(second.decode(message(datagram)).observations());
        }
        assertThat(restored).isEqualTo(straight).hasSizeGreaterThan(20);
        assertThat(second.giveUp()).isEqualTo(session.giveUp()).hasSize(1);
    }

    @Test
    void aSnapshotTellsWhetherAnythingChanged() {
        assertThat(session.changed()).isFalse();
        session.decode(message(v9(1).bytes()));
        assertThat(session.changed()).isTrue();
        session.snapshot();
        assertThat(session.changed()).isFalse();
    }

    @Test
    void brokenSnapshotsAreRefused() {
        stream().forEach(datagram -> session.decode(message(datagram)));
        byte[] snapshot = session.snapshot();
        for (int length = 0; length < snapshot.length; length++) {
            byte[] cut = Arrays.copyOf(snapshot, length);
            assertThatThrownBy(() -> ExporterSession.restore(cut))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("no snapshot of an exporter session");
        }
        byte[] longer = Arrays.copyOf(snapshot, snapshot.length + 1);
        assertThatThrownBy(() -> ExporterSession.restore(longer)).isInstanceOf(IllegalArgumentException.class);
    }

    /** Templates, options, held data, a gap, a duplicate, two formats. */
    private static List<byte[]> stream() {
        List<byte[]> stream = new ArrayList<>();
        stream.add(v9(1).data(300, plain(1)).bytes());
        stream.add(v9(2).options(257, 2, 2, 34, 4)
                .data(257, record().u16(4).u32(100).bytes())
                .bytes());
        stream.add(v9(3).template(300, PLAIN).bytes());
        for (int i = 4; i < 20; i++) {
            stream.add(v9(i == 10 ? 200 : i).data(300, plain(i)).bytes());
        }
        stream.add(v9(19).data(300, plain(19)).bytes());
        stream.add(v5(0, 3, SECONDS, 60_000));
        stream.add(ipfix(0).data(400, plain(1)).bytes());
        stream.add(ipfix(1).template(300, PLAIN).data(300, plain(1)).bytes());
        return stream;
    }

    private static byte[] plain(int octets) {
        return record().u32(0x0a00_0001)
                .u32(0xc000_0201)
                .u16(1000)
                .u16(443)
                .u8(6)
                .u32(octets)
                .u32(1)
                .bytes();
    }

    private static List<FlowObservation> flows(Decoded decoded) {
        return decoded.observations().stream()
                .filter(FlowObservation.class::isInstance)
                .map(FlowObservation.class::cast)
                .toList();
    }

    private static List<SensorStatus> statuses(Decoded decoded) {
        return decoded.observations().stream()
                .filter(SensorStatus.class::isInstance)
                .map(SensorStatus.class::cast)
                .toList();
    }

    private static ExportDetail export(FlowObservation flow) {
        return Objects.requireNonNull(flow.export());
    }

    private static Translation nat(FlowObservation flow) {
        return Objects.requireNonNull(export(flow).nat());
    }

    private static long lost(Decoded decoded) {
        return statuses(decoded).stream().mapToLong(SensorStatus::lost).sum();
    }
}
