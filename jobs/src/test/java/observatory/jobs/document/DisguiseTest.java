package observatory.jobs.document;

import static org.assertj.core.api.Assertions.assertThat;

import observatory.geo.address.IpAddress;
import observatory.jobs.attribute.Device;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DisguiseTest {
    private static final Device NO_LEASE = Device.ofAddress("zurich", "10.9.0.7", 0);

    private final Disguise disguise = new Disguise(IpAddress::isPrivate);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "001565aabbcc.prov.example.com",
                "001565AABBCC.prov.example.com",
                "00-15-65-aa-bb-cc.prov.example.com",
                "00:15:65:aa:bb:cc.prov.example.com",
                "00_15_65_aa_bb_cc.prov.example.com",
                "0015.65aa.bbcc.prov.example.com",
                "aa:bb:cc:dd:ee:ff.prov.example.com",
                "aa.bb.cc.dd.ee.ff.prov.example.com"
            })
    void aMacIsNotToldThoughNoLeaseSaysWhoseItIs(String name) {
        assertThat(disguise.name(name, NO_LEASE, "dev-1")).isEqualTo("inside.prov.example.com");
    }

    @Test
    void aMacIsSeenBesideTheLettersOfAWord() {
        assertThat(disguise.name("phone001565aabbcc.x.com", NO_LEASE, "dev-1")).isEqualTo("phoneinside.x.com");
        assertThat(disguise.name("mac001565aabbcc.x.com", NO_LEASE, "dev-1")).isEqualTo("macinside.x.com");
        assertThat(disguise.name("sep001565aabbccdev.x.com", NO_LEASE, "dev-1")).isEqualTo("sepinsidedev.x.com");
    }

    @Test
    void anotherHostInsideIsNotToldEither() {
        assertThat(disguise.name("10-9-0-8.direct.x.com", NO_LEASE, "dev-1")).isEqualTo("inside.direct.x.com");
        assertThat(disguise.name("8.0.9.10.in-addr.arpa", NO_LEASE, "dev-1")).isEqualTo("inside.in-addr.arpa");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ec2-18-184-1-2.eu-central-1.compute.amazonaws.com",
                "da39a3ee5e6b4b0d3255bfef95601890afd80709.x.com",
                "rps.yealink.com",
                "facadedecade.x.com",
                "10.0.1.93.in-addr.arpa",
                "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa"
            })
    void whatIsNeitherStays(String name) {
        assertThat(disguise.name(name, NO_LEASE, "dev-1")).isEqualTo(name);
    }
}
