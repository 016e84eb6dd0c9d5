package observatory.ingest.simulate.internet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class InternetTest {
    private static final long SECOND = 1_000_000;
    private static final long NOW = 1_793_577_600L * SECOND;
    private static final String RESOLVER = "10.21.0.53";

    private final Internet internet = Internet.load();

    @Test
    void aResolverHandsOutWhatIsLeftOfTheLifetime() {
        Answer now = internet.resolve(RESOLVER, "eu", "pool.ntp.org", NOW);
        long wait = Math.min(20, now.lifetime() - 1);
        Answer later = internet.resolve(RESOLVER, "eu", "pool.ntp.org", NOW + wait * SECOND);
        assertThat(later.lifetime()).isEqualTo(now.lifetime() - wait);
        assertThat(later.addresses()).containsExactlyInAnyOrderElementsOf(now.addresses());
    }

    @Test
    void namesMoveOverTheirPool() {
        Set<String> met = new HashSet<>();
        for (int hour = 0; hour < 48; hour++) {
            met.addAll(internet.resolve(RESOLVER, "eu", "swupdate.lens.poly.com", NOW + hour * 3600 * SECOND)
                    .addresses());
        }
        assertThat(met).hasSizeGreaterThan(8);
    }

    @Test
    void twoNamesCanShareTheirAddresses() {
        Answer ocsp = internet.resolve(RESOLVER, "eu", "ocsp.digicert.com", NOW);
        Answer crl = internet.resolve("10.22.0.53", "us", "crl3.digicert.com", NOW);
        assertThat(crl.addresses()).containsAnyElementsOf(ocsp.addresses());
    }

    @Test
    void chainsTellTheRegionOfTheHost() {
        assertThat(internet.resolve(RESOLVER, "eu", "acs.gdms.cloud", NOW).chain())
                .containsExactly("acs-eu.elb.eu-central-1.amazonaws.com");
        assertThat(internet.resolve(RESOLVER, "us", "acs.gdms.cloud", NOW).chain())
                .containsExactly("acs-us.elb.us-east-1.amazonaws.com");
    }

    @Test
    void whatIsNotThereIsAnError() {
        assertThatThrownBy(() -> internet.resolve(RESOLVER, "eu", "nowhere.example", NOW))
                .hasMessageContaining("nowhere.example");
    }
}
