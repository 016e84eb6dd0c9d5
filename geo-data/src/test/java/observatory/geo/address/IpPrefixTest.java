package observatory.geo.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpPrefixTest {

    @ParameterizedTest
    @CsvSource({
        "192.0.2.77/24, 192.0.2.0/24, 192.0.2.255",
        "0.0.0.0/0, 0.0.0.0/0, 255.255.255.255",
        "10.0.0.1, 10.0.0.1/32, 10.0.0.1",
        "2001:db8:1:2::9/32, 2001:db8::/32, 2001:db8:ffff:ffff:ffff:ffff:ffff:ffff",
        "2001:db8::ff00/120, 2001:db8::ff00/120, 2001:db8::ffff",
        "::/0, ::/0, ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
    })
    void bitsBehindTheLengthAreCleared(String text, String block, String last) {
        assertThat(IpPrefix.of(text)).hasToString(block);
        assertThat(IpPrefix.of(text).last()).hasToString(last);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0/33", "10.0.0.0/", "10.0.0.0/-1", "10.0.0.0/1x", "/8", "::/129", "10.0.0.0/0008"})
    void anythingElseIsNotABlock(String text) {
        assertThat(IpPrefix.parse(text)).isNull();
    }

    @Test
    void aLengthThatDoesNotFitTheFamilyIsRefused() {
        assertThatThrownBy(() -> new IpPrefix(IpAddress.of("10.0.0.0"), 33))
                .hasMessage("prefix length 33 does not fit 10.0.0.0");
    }

    @Test
    void aBlockContainsExactlyTheAddressesBetweenItsEnds() {
        Random random = new Random(4291);
        for (int i = 0; i < 5_000; i++) {
            IpAddress base = i % 2 == 0
                    ? IpAddress.ofIpv4(random.nextInt())
                    : new IpAddress(random.nextLong(), random.nextLong());
            IpPrefix block = IpPrefix.around(base, random.nextInt(base.isIpv4() ? 33 : 129));
            IpAddress near = new IpAddress(base.high(), base.low() ^ (1L << random.nextInt(64)));
            assertThat(block.contains(base)).isTrue();
            assertThat(block.contains(near))
                    .isEqualTo(near.isIpv4() == base.isIpv4() && block.range().contains(near));
        }
    }

    @Test
    void aRangeIsWrittenAsABlockWhenItIsOne() {
        assertThat(IpPrefix.of("8.8.8.0/24").range()).hasToString("8.8.8.0/24");
        assertThat(new AddressRange(IpAddress.of("1.0.0.0"), IpAddress.of("1.0.2.255")))
                .hasToString("1.0.0.0-1.0.2.255");
        assertThat(new AddressRange(IpAddress.of("2001:db8::"), IpAddress.of("2001:db8::1")))
                .hasToString("2001:db8::/127");
    }
}
