package observatory.jobs.finding.cleartext;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import observatory.geo.address.IpAddress;
import observatory.geo.attribution.DestinationName;
import observatory.geo.party.Party;
import observatory.geo.party.Service;
import observatory.geo.party.Service.Purpose;
import observatory.geo.place.Place;
import observatory.ingest.observation.FlowObservation;
import observatory.ingest.observation.TransportProtocol;
import observatory.jobs.attribute.NamedFlow;
import observatory.jobs.attribute.PhoneNetworks.Side;
import observatory.jobs.finding.ClearProtocol;
import observatory.jobs.finding.Samples;
import observatory.jobs.rollup.Destination;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClearVisitTest {
    private static final int TCP = TransportProtocol.TCP;
    private static final int UDP = TransportProtocol.UDP;

    @ParameterizedTest
    @CsvSource({"6,80,HTTP", "17,69,TFTP", "6,23,TELNET", "6,21,FTP", "17,5060,SIP", "6,5060,SIP"})
    void aPortThatIsSpokenAtTellsTheProtocol(int transport, int port, ClearProtocol protocol) {
        assertThat(of(flow(transport, port, 8, 8, null), Purpose.MANAGEMENT)).isEqualTo(protocol);
    }

    @Test
    void whatTheSensorSawIsBetterThanThePort() {
        assertThat(of(flow(TCP, 8_080, 8, 8, "http"), Purpose.UNKNOWN)).isEqualTo(ClearProtocol.HTTP);
        assertThat(of(flow(TCP, 80, 8, 8, "ssl"), Purpose.UNKNOWN)).isNull();
        assertThat(of(flow(TCP, 443, 8, 8, null), Purpose.UNKNOWN)).isNull();
    }

    @Test
    void aRefusalAndAQuestionWithoutAnAnswerAreNoTalk() {
        assertThat(of(flow(TCP, 23, 1, 1, null), Purpose.UNKNOWN)).isNull();
        assertThat(of(flow(TCP, 80, 3, 0, null), Purpose.UNKNOWN)).isNull();
    }

    @Test
    void aTftpServerAnswersFromAnotherPort() {
        assertThat(of(flow(UDP, 69, 1, 0, null), Purpose.UNKNOWN)).isEqualTo(ClearProtocol.TFTP);
    }

    @Test
    void whatIsPublicByDesignMayBeReadByEverybody() {
        assertThat(of(flow(TCP, 80, 8, 8, "http"), Purpose.CERTIFICATES)).isNull();
        assertThat(of(flow(TCP, 80, 8, 8, "http"), Purpose.CONNECTIVITY)).isNull();
    }

    @Test
    void whatAContentNetworkServesWithoutANameMayBePublic() {
        assertThat(ClearVisit.isUndecided(ClearProtocol.HTTP, nameless(Place.State.ANYCAST)))
                .isTrue();
        assertThat(ClearVisit.isUndecided(ClearProtocol.HTTP, nameless(Place.State.AGREED)))
                .isFalse();
        assertThat(ClearVisit.isUndecided(ClearProtocol.TELNET, nameless(Place.State.ANYCAST)))
                .isFalse();
        assertThat(ClearVisit.isUndecided(ClearProtocol.HTTP, Samples.destination("x.com")))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({"TLSv10", "TLSv11", "TLS 1.0", "TLSv1", "SSLv3", "TLSv1.1"})
    void tlsBeforeTheTwoSupportedVersionsIsOutdated(String version) {
        assertThat(ClearVisit.protocolOf(named(flow(TCP, 443, 8, 8, "ssl"), version), Purpose.MANAGEMENT))
                .isEqualTo(ClearProtocol.OLD_TLS);
    }

    @ParameterizedTest
    @CsvSource({"TLSv12", "TLSv13", "TLS 1.2", "DTLSv12"})
    void tlsOfTodayIsNot(String version) {
        assertThat(ClearVisit.protocolOf(named(flow(TCP, 443, 8, 8, "ssl"), version), Purpose.MANAGEMENT))
                .isNull();
    }

    @Test
    void callsThatThePbxBringsAreNoManagement() {
        NamedFlow call = named(flow(UDP, 5_060, 8, 8, "sip"), "", Side.DESTINATION);
        assertThat(ClearVisit.protocolOf(call, Purpose.UNKNOWN)).isNull();
    }

    private static @Nullable ClearProtocol of(FlowObservation flow, Purpose purpose) {
        return ClearVisit.protocolOf(named(flow, ""), purpose);
    }

    private static NamedFlow named(FlowObservation flow, String version) {
        return named(flow, version, Side.SOURCE);
    }

    private static NamedFlow named(FlowObservation flow, String version, Side side) {
        return new NamedFlow(Samples.device("phone", 0), side, flow, DestinationName.NONE, version, 0, false);
    }

    private static FlowObservation flow(
            int transport, int port, long packetsOut, long packetsIn, @Nullable String application) {
        return new FlowObservation(
                "core",
                "zurich",
                "zeek",
                "",
                0,
                1_000_000_000L,
                IpAddress.of("10.0.0.9"),
                40_000,
                IpAddress.of("203.0.113.7"),
                port,
                transport,
                packetsOut * 60,
                packetsIn * 60,
                packetsOut,
                packetsIn,
                null,
                null,
                application,
                null,
                null);
    }

    private static Destination nameless(Place.State state) {
        return new Destination(
                "AS13335 104.16.0.0/13",
                null,
                Service.UNKNOWN,
                Party.of(Party.Role.UNKNOWN),
                13_335,
                "Example",
                "",
                null,
                state,
                List.of(),
                Place.Step.NOTHING,
                List.of(),
                List.of(),
                "digest");
    }
}
