package observatory.jobs.attribute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import observatory.geo.address.IpAddress;
import observatory.jobs.attribute.PhoneNetworks.Side;
import org.junit.jupiter.api.Test;

class PhoneNetworksTest {
    private static final IpAddress PHONE = IpAddress.of("10.20.0.7");
    private static final IpAddress CLOUD = IpAddress.of("47.254.128.1");

    @Test
    void thePrivateSideIsTheDeviceWhereNothingIsConfigured() {
        PhoneNetworks.Rule rule = PhoneNetworks.ASSUMED.rule();

        assertThat(rule.side(PHONE, CLOUD)).isEqualTo(Side.SOURCE);
        assertThat(rule.side(CLOUD, PHONE)).isEqualTo(Side.DESTINATION);
        assertThat(rule.side(CLOUD, CLOUD)).isEqualTo(Side.ORIGINATOR);
    }

    @Test
    void betweenTwoPhonesTheOriginatorIsTheDevice() {
        assertThat(PhoneNetworks.ASSUMED.rule().side(PHONE, PHONE)).isEqualTo(Side.SOURCE);
    }

    @Test
    void aFlowOutsideTheConfiguredNetworksIsNobodys() {
        PhoneNetworks.Rule rule = new PhoneNetworks(List.of("10.20.0.0/24")).rule();

        assertThat(rule.side(IpAddress.of("10.99.0.1"), CLOUD)).isEqualTo(Side.NEITHER);
        assertThat(rule.side(PHONE, CLOUD)).isEqualTo(Side.SOURCE);
    }

    @Test
    void aNetworkThatIsNoneIsRefusedByName() {
        PhoneNetworks wrong = new PhoneNetworks(List.of("10.20.0.0/99"));

        assertThatThrownBy(wrong::rule)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("10.20.0.0/99");
    }
}
