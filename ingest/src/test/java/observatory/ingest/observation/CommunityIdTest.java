package observatory.ingest.observation;

import static org.assertj.core.api.Assertions.assertThat;

import observatory.geo.address.IpAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommunityIdTest {

    /** From baseline_deflt.json of the specification's repository. */
    @ParameterizedTest
    @CsvSource({
        "6, 128.232.110.120, 34855, 66.35.250.204, 80, 1:LQU9qZlK+B5F3KDmev6m5PMibrg=",
        "6, 66.35.250.204, 80, 128.232.110.120, 34855, 1:LQU9qZlK+B5F3KDmev6m5PMibrg=",
        "6, 2607:f8b0:400c:c03::1a, 25, 2001:470:e5bf:dead:4957:2174:e82c:4887, 63943, 1:/qFaeAR+gFe1KYjMzVDsMv+wgU4=",
        "17, 192.168.1.52, 54585, 8.8.8.8, 53, 1:d/FP5EW3wiY1vCndhwleRRKHowQ=",
        "132, 192.168.170.8, 7, 192.168.170.56, 7, 1:MP2EtRCAUIZvTw6MxJHLV7N7JDs=",
        "46, 10.1.12.1, -1, 10.1.12.2, -1, 1:KHlLkgoJW7ifUTyTSgyVfkFHzKw=",
        "46, 10.1.12.2, -1, 10.1.12.1, -1, 1:KHlLkgoJW7ifUTyTSgyVfkFHzKw=",
        "1, 192.168.0.89, 8, 192.168.0.1, 0, 1:X0snYXpgwiv9TZtqg64sgzUn6Dk=",
        "1, 192.168.0.1, 0, 192.168.0.89, 8, 1:X0snYXpgwiv9TZtqg64sgzUn6Dk=",
        "1, 10.0.0.1, 11, 10.0.0.2, 0, 1:YHxtAirCG//0OzkcVAukqKQN9xM=",
        "58, fe80::260:97ff:fe07:69ea, 136, fe80::200:86ff:fe05:80da, 135, 1:dGHyGvjMfljg6Bppwm3bg0LO8TY=",
        "58, 3ffe:501:1800:2345::2, 3, 3ffe:507:0:1:200:86ff:fe05:80da, 0, 1:2ObVBgIn28oZvibYZhZMBgh7WdQ=",
        "58, fe80::260:97ff:fe07:69ea, 134, ff02::1, 133, 1:pkvHqCL88/tg1k4cPigmZXUtL00="
    })
    void idsAreThoseOfTheSpecification(
            int protocol, String source, int sourcePort, String destination, int destinationPort, String id) {
        assertThat(CommunityId.of(
                        IpAddress.of(source), sourcePort, IpAddress.of(destination), destinationPort, protocol))
                .isEqualTo(id);
    }

    @Test
    void withoutItsPortsAConversationHasNoId() {
        assertThat(CommunityId.of(IpAddress.of("10.0.0.1"), -1, IpAddress.of("10.0.0.2"), 53, 17))
                .isNull();
    }

    @Test
    void withoutItsProtocolAConversationHasNoId() {
        assertThat(CommunityId.of(IpAddress.of("10.0.0.1"), 1, IpAddress.of("10.0.0.2"), 53, FlowObservation.ABSENT))
                .isNull();
    }
}
