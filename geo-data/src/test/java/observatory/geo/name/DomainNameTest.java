package observatory.geo.name;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DomainNameTest {

    @ParameterizedTest
    @CsvSource({
        "RPS.Yealink.COM., rps.yealink.com",
        "_sip._tcp.example.org, _sip._tcp.example.org",
        "bücher.example, xn--bcher-kva.example",
        "BÜCHER.example, xn--bcher-kva.example",
        "*.example.com, *.example.com",
        "localhost, localhost",
    })
    void aNameHasOneNormalForm(String text, String normal) {
        assertThat(DomainName.of(text).text()).isEqualTo(normal);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "a..b",
                ".a",
                "a b.com",
                "a/b.com",
                "192.0.2.1",
                "2001:db8::1",
                "a*.com",
                "x.*",
                "a\u0000.com",
                "\uD800.com"
            })
    void anythingElseIsNoName(String text) {
        assertThat(DomainName.parse(text)).isNull();
    }

    @Test
    void lengthsAreBounded() {
        String label = "a".repeat(63);
        String longest = String.join(".", label, label, label, "b".repeat(61));
        assertThat(DomainName.parse(longest)).isNotNull();
        assertThat(DomainName.parse(longest + ".")).isNotNull();
        assertThat(DomainName.parse(longest + "b")).isNull();
        assertThat(DomainName.parse("a".repeat(64) + ".com")).isNull();
        assertThat(DomainName.parse("a.".repeat(1_000_000))).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "rps.yealink.com, yealink.com",
        "device.ymcs.yealink.com.cn, yealink.com.cn",
        "yealink.com, yealink.com",
        "a.b.example.co.uk, example.co.uk",
        "mmrprodemeastor.blob.core.windows.net, mmrprodemeastor.blob.core.windows.net",
        "my-lb.eu-central-1.elb.amazonaws.com, my-lb.eu-central-1.elb.amazonaws.com",
        "d111.cloudfront.net, d111.cloudfront.net",
        "phone.office.lan, office.lan",
        "_sip._tcp.example.org, example.org",
        "*.pool.ntp.org, ntp.org",
    })
    void theRegistrableDomainFollowsThePublicSuffixList(String name, String registrable) {
        assertThat(DomainName.of(name).registrableDomain()).contains(registrable);
    }

    @ParameterizedTest
    @ValueSource(strings = {"com", "co.uk", "localhost", "cloudfront.net"})
    void aSuffixOrASingleLabelHasNone(String name) {
        assertThat(DomainName.of(name).registrableDomain()).isEmpty();
    }

    @Test
    void anExactEntryWinsOverSuffixesAndALongerSuffixOverAShorter() {
        SuffixTable<String> table = new SuffixTable.Builder<String>()
                .putSuffix(DomainName.of("yealink.com"), "vendor")
                .putSuffix(DomainName.of("ymcs.yealink.com"), "suffix")
                .putExact(DomainName.of("eu-api.ymcs.yealink.com"), "exact")
                .build();

        assertThat(table.find(DomainName.of("eu-api.ymcs.yealink.com")))
                .isEqualTo(new SuffixTable.Match<>("eu-api.ymcs.yealink.com", "exact"));
        assertThat(table.find(DomainName.of("x.eu-api.ymcs.yealink.com")))
                .isEqualTo(new SuffixTable.Match<>("ymcs.yealink.com", "suffix"));
        assertThat(table.find(DomainName.of("ymcs.yealink.com")))
                .isEqualTo(new SuffixTable.Match<>("ymcs.yealink.com", "suffix"));
        assertThat(table.find(DomainName.of("rps.yealink.com")))
                .isEqualTo(new SuffixTable.Match<>("yealink.com", "vendor"));
        assertThat(table.find(DomainName.of("notyealink.com"))).isNull();
    }
}
