package observatory.jobs.finding.nameless;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import observatory.geo.address.IpAddress;
import observatory.geo.attribution.Attribution;
import observatory.geo.attribution.DestinationName;
import observatory.geo.attribution.NameSource;
import observatory.geo.attribution.NameState;
import observatory.geo.party.Network;
import observatory.geo.party.Party;
import observatory.geo.party.Service;
import observatory.geo.place.Place;
import observatory.ingest.observation.FlowObservation;
import observatory.jobs.attribute.AttributedFlow;
import observatory.jobs.attribute.NamedFlow;
import observatory.jobs.attribute.PhoneNetworks.Side;
import observatory.jobs.finding.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ByAddressTest {
    private static final int TCP = 6;
    private static final int UDP = 17;
    private static final String OUTSIDE = "203.0.113.7";

    @ParameterizedTest
    @CsvSource({
        "6, 443, true",
        "17, 443, true", // QUIC
        "6, 5060, true", // signalling to somebody who is no provider
        "17, 53, false",
        "6, 853, false",
        "17, 123, false",
        "17, 3478, false",
        "17, 19302, false",
        "1, 0, false", // an echo request
    })
    void thePortTellsWhatIsContactedByAddressInGoodOrder(int protocol, int port, boolean isLookedAt) {
        assertThat(isLookedAt(flow(OUTSIDE, protocol, 40_000, port, 60, 10, 4_000), Party.Role.UNKNOWN))
                .isEqualTo(isLookedAt);
    }

    @Test
    void aCallGoesWhereverTheOtherPartySays() {
        FlowObservation speech = flow(OUTSIDE, UDP, 11_780, 30_002, 120, 6_000, 1_032_000);
        FlowObservation report = flow(OUTSIDE, UDP, 11_781, 30_003, 120, 25, 2_300);
        FlowObservation trickle = flow(OUTSIDE, UDP, 11_780, 30_002, 120, 25, 2_300);

        assertThat(isLookedAt(speech, Party.Role.UNKNOWN)).isFalse();
        assertThat(isLookedAt(report, Party.Role.UNKNOWN)).isFalse();
        assertThat(isLookedAt(trickle, Party.Role.UNKNOWN)).isTrue();
    }

    @Test
    void aProviderIsSignalledToByAddressButNotManagedBy() {
        assertThat(isLookedAt(flow(OUTSIDE, TCP, 40_000, 5_061, 60, 9, 900), Party.Role.PROVIDER))
                .isFalse();
        assertThat(isLookedAt(flow(OUTSIDE, UDP, 40_000, 30_000, 60, 9, 900), Party.Role.PROVIDER))
                .isFalse();
        assertThat(isLookedAt(flow(OUTSIDE, TCP, 40_000, 443, 60, 9, 900), Party.Role.PROVIDER))
                .isTrue();
    }

    @Test
    void whatIsInsideOrNamedOrCameFromOutsideIsNotLookedAt() {
        FlowObservation web = flow(OUTSIDE, TCP, 40_000, 443, 60, 9, 900);
        FlowObservation local = flow("10.1.2.3", TCP, 40_000, 443, 60, 9, 900);
        DestinationName byRange = new DestinationName(null, null, NameSource.RANGE, NameState.NONE, -1, List.of());

        assertThat(isLookedAt(local, Party.Role.LOCAL)).isFalse();
        assertThat(new ByAddress().filter(attributed(web, Side.DESTINATION, DestinationName.NONE, Party.Role.UNKNOWN)))
                .isFalse();
        assertThat(new ByAddress().filter(attributed(web, Side.SOURCE, byRange, Party.Role.UNKNOWN)))
                .isFalse();
    }

    private static boolean isLookedAt(FlowObservation flow, Party.Role role) {
        return new ByAddress().filter(attributed(flow, Side.SOURCE, DestinationName.NONE, role));
    }

    private static AttributedFlow attributed(FlowObservation flow, Side side, DestinationName name, Party.Role role) {
        Place nowhere = new Place(Place.State.UNKNOWN, List.of(), Place.Step.NOTHING, null, List.of());
        return new AttributedFlow(
                new NamedFlow(Samples.device("a", 0), side, flow, name, "", 0, false),
                new Attribution(
                        "AS64500 203.0.113.0/24",
                        null,
                        name,
                        Service.UNKNOWN,
                        Party.of(role),
                        Network.UNKNOWN,
                        nowhere,
                        List.of(),
                        List.of(),
                        List.of(),
                        "digest"));
    }

    private static FlowObservation flow(
            String to, int protocol, int devicePort, int port, long seconds, long packets, long bytes) {
        return new FlowObservation(
                "core",
                "zurich",
                "zeek",
                "",
                0,
                seconds * 1_000_000_000L,
                IpAddress.of("10.0.0.9"),
                devicePort,
                IpAddress.of(to),
                port,
                protocol,
                bytes,
                bytes,
                packets,
                packets,
                null,
                null,
                null,
                null,
                null);
    }
}
