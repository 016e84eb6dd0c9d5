package observatory.jobs.attribute;

import static observatory.ingest.observation.FlowObservation.ABSENT;
import static org.assertj.core.api.Assertions.assertThat;

import observatory.geo.address.IpAddress;
import observatory.ingest.observation.ExportDetail;
import observatory.ingest.observation.FlowObservation;
import org.junit.jupiter.api.Test;

class HalvesTest {
    private static final String PHONE = "10.0.0.7";
    private static final String SERVER = "203.0.113.9";
    private static final long SECOND = 1_000_000_000L;

    @Test
    void whatTheServerSentIsTurnedSoThatTheClientIsTheSource() {
        FlowObservation turned = Halves.oriented(half(SERVER, 443, PHONE, 50_000, 0, 900));

        assertThat(turned.source()).hasToString(PHONE);
        assertThat(turned.destinationPort()).isEqualTo(443);
        assertThat(turned.destinationBytes()).isEqualTo(900);
        assertThat(turned.sourceBytes()).isEqualTo(ABSENT);
    }

    @Test
    void whatTheClientSentStays() {
        FlowObservation sent = half(PHONE, 50_000, SERVER, 443, 0, 500);

        assertThat(Halves.oriented(sent)).isSameAs(sent);
    }

    @Test
    void whoCountsBothDirectionsIsBelieved() {
        FlowObservation both = flow(SERVER, 443, PHONE, 50_000, 0, 900, 500);

        assertThat(Halves.oriented(both)).isSameAs(both);
        assertThat(Halves.isHalf(both)).isFalse();
    }

    @Test
    void twoHalvesMakeOneFlowFromTheFirstPacketToTheLast() {
        FlowObservation there = Halves.oriented(half(PHONE, 50_000, SERVER, 443, 10, 500));
        FlowObservation back = Halves.oriented(half(SERVER, 443, PHONE, 50_000, 12, 900));

        assertThat(Halves.belong(there, back)).isTrue();
        FlowObservation whole = Halves.joined(back, there);

        assertThat(whole).isEqualTo(Halves.joined(there, back));
        assertThat(whole.sourceBytes()).isEqualTo(500);
        assertThat(whole.destinationBytes()).isEqualTo(900);
        assertThat(whole.startNanos()).isEqualTo(10 * SECOND);
        assertThat(whole.endNanos()).isEqualTo(13 * SECOND);
    }

    @Test
    void twoPiecesOfOneDirectionDoNotBelongTogether() {
        FlowObservation first = half(PHONE, 50_000, SERVER, 443, 10, 500);
        FlowObservation second = half(PHONE, 50_000, SERVER, 443, 11, 500);

        assertThat(Halves.belong(first, second)).isFalse();
    }

    @Test
    void aPortThatIsUsedAgainLaterIsAnotherConnection() {
        FlowObservation there = half(PHONE, 50_000, SERVER, 443, 10, 500);
        FlowObservation back = Halves.oriented(half(SERVER, 443, PHONE, 50_000, 60, 900));

        assertThat(Halves.belong(there, back)).isFalse();
    }

    @Test
    void whoseWordIsTakenStaysSoWhileTheConnectionLasts() {
        Witness witness = new Witness("core", 100 * SECOND);

        assertThat(witness.coversFlowOf("edge", 50 * SECOND)).isTrue();
        assertThat(witness.coversFlowOf("core", 50 * SECOND)).isFalse();
        assertThat(witness.coversFlowOf("edge", 100 * SECOND + Witness.PAUSE_NANOS + 1))
                .isFalse();
    }

    static FlowObservation half(String from, int fromPort, String to, int toPort, long second, long bytes) {
        return flow(from, fromPort, to, toPort, second, bytes, ABSENT);
    }

    private static FlowObservation flow(
            String from, int fromPort, String to, int toPort, long second, long bytes, long bytesBack) {
        ExportDetail export =
                new ExportDetail(1, 0, true, ABSENT, ABSENT, ABSENT, null, ABSENT, null, true, true, false);
        return new FlowObservation(
                "core",
                "zurich",
                "netflow9",
                "",
                second * SECOND,
                (second + 1) * SECOND,
                IpAddress.of(from),
                fromPort,
                IpAddress.of(to),
                toPort,
                6,
                bytes,
                bytesBack,
                1,
                bytesBack == ABSENT ? ABSENT : 1,
                null,
                null,
                null,
                null,
                export);
    }
}
