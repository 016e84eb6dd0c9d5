package observatory.geo.name;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EndpointNameTest {
    @ParameterizedTest
    @CsvSource({
        "api.example.com, example.com",
        "001565aabbcc.dyndns.org, *.dyndns.org",
        "www.sep001565aabbcc.dyndns.org, *.dyndns.org",
        "00-15-65-aa-bb-cc.dyndns.org, *.dyndns.org",
        "phone-10-9-0-7.dyndns.org, *.dyndns.org",
        "phone-192-168-0-7.dyndns.org, *.dyndns.org",
        "192-0-2-7.dyndns.org, 192-0-2-7.dyndns.org",
        "d111111abcdef8.cloudfront.net, d111111abcdef8.cloudfront.net",
        "facadefacade.dyndns.org, facadefacade.dyndns.org",
        "001565aabbcc.com, 001565aabbcc.com",
        "001565aabbcc.co.uk, 001565aabbcc.co.uk",
        "001565aabbcc.prov.example.com, example.com"
    })
    void aNameThatTellsAPhoneCountsWithItsProvider(String name, String endpoint) {
        assertThat(EndpointName.of(DomainName.of(name))).contains(endpoint);
    }
}
