package observatory.geo.party;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import observatory.geo.InstalledData;
import observatory.geo.address.IpAddress;
import observatory.geo.attribution.DestinationName;
import observatory.geo.attribution.NameSource;
import observatory.geo.attribution.NameState;
import observatory.geo.snapshot.GeoSnapshot;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What destinations are to phones, by the product's catalogue and the real tables of networks. */
class PartyTest {
    private final GeoSnapshot snapshot = InstalledData.snapshot();

    @ParameterizedTest
    @CsvSource({
        // name, address, port, maker of the phone, role
        "rps.yealink.com, 3.120.0.1, 443, Yealink, FIRST",
        "rps.yealink.com, 3.120.0.1, 443, Poly, THIRD",
        "rps.yealink.com, 3.120.0.1, 443, , UNKNOWN",
        "sip.ringcentral.com, 66.81.240.9, 5061, Yealink, PROVIDER",
        "x.webex.com, 66.163.36.1, 443, Cisco, FIRST",
        "x.webex.com, 66.163.36.1, 443, Yealink, PROVIDER",
        "x.webex.com, 66.163.36.1, 443, , PROVIDER",
        // the vendor chose the name; strangers answer it
        "cn.pool.ntp.org, 203.107.6.88, 123, Yealink, SUPPORT",
        "customer.eu-central-1.elb.amazonaws.com, 3.120.0.1, 443, Yealink, SUPPORT",
        ", 3.120.0.1, 443, Yealink, SUPPORT",
        ", 170.114.1.1, 65000, Yealink, PROVIDER",
        ", 193.0.6.139, 443, Yealink, UNKNOWN",
        "www.example.org, 3.120.0.1, 443, Yealink, THIRD",
        ", 10.1.2.3, 443, Yealink, LOCAL",
        "pbx.office.lan, 10.1.2.3, 5060, Yealink, LOCAL",
    })
    void theRoleFollowsFromWhoRunsItAndWhoMadeThePhone(
            @Nullable String name, String address, int port, @Nullable String maker, Party.Role role) {
        DestinationName given = name == null
                ? DestinationName.NONE
                : new DestinationName(name, null, NameSource.SNI, NameState.FRESH, 0, List.of(name));

        assertThat(snapshot.attributor()
                        .attribute(IpAddress.of(address), given, port, 6)
                        .party()
                        .to(maker))
                .isEqualTo(role);
    }
}
