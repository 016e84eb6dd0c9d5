package observatory.geo.address;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpAddressTest {

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.1",
        "0.0.0.0, 0.0.0.0",
        "255.255.255.255, 255.255.255.255",
        "::, ::",
        "::1, ::1",
        "2001:DB8::1, 2001:db8::1",
        "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
        "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        "1:2:3:4:5:6:7::, 1:2:3:4:5:6:7:0",
        "::2:3:4:5:6:7:8, 0:2:3:4:5:6:7:8",
        "fe80::, fe80::",
        "::ffff:192.0.2.1, 192.0.2.1",
        "64:ff9b::192.0.2.33, 64:ff9b::c000:221",
        "1:2:3:4:5:6:77.77.88.88, 1:2:3:4:5:6:4d4d:5858",
    })
    void textIsReadAndWrittenInCanonicalForm(String text, String canonical) {
        assertThat(IpAddress.of(text)).hasToString(canonical);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                "1.2.3",
                "1.2.3.4.5",
                "1.2.3.256",
                "01.2.3.4",
                "1.2.3.4 ",
                " 1.2.3.4",
                "1..2.3",
                "1.2.3.4:80",
                ":",
                ":::",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "1::2::3",
                "1:2:3:4:5:6:7:8::",
                "::1:2:3:4:5:6:7:8",
                "12345::",
                "fe80::1%eth0",
                "g::",
                "1:",
                ":1",
                "::1:",
                "::1.2.3",
                "1:2:3:4:5:6:7:1.2.3.4",
                "localhost",
                "dead.beef",
                "\u0661.2.3.4"
            })
    void anythingElseIsNotAnAddress(String text) {
        assertThat(IpAddress.parse(text)).isNull();
    }

    @Test
    void randomAddressesSurviveTextAndBytesAndAgreeWithTheJdk() throws UnknownHostException {
        Random random = new Random(6890);
        for (int i = 0; i < 20_000; i++) {
            long sparse = random.nextLong()
                    & (random.nextLong() | 0xff00_0000_0000_00ffL)
                    & (i % 3 == 0 ? 0xffff_0000_ffff_0000L : -1L);
            IpAddress address = i % 2 == 0
                    ? IpAddress.ofIpv4(random.nextInt())
                    : new IpAddress(sparse, i % 5 == 0 ? random.nextInt(70_000) : random.nextLong());
            assertThat(IpAddress.parse(address.toString())).isEqualTo(address);
            assertThat(IpAddress.ofBytes(address.toBytes())).isEqualTo(address);
            String jdk = InetAddress.getByAddress(address.toBytes()).getHostAddress();
            assertThat(IpAddress.parse(jdk)).isEqualTo(address);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "10.1.2.3, private",
        "172.16.0.1, private",
        "172.31.255.255, private",
        "172.32.0.1, global",
        "192.168.255.1, private",
        "100.64.0.1, private",
        "100.63.255.255, global",
        "100.128.0.0, global",
        "169.254.9.9, private",
        "127.0.0.1, private",
        "0.0.0.0, private",
        "8.8.8.8, global",
        "224.0.1.75, multicast",
        "239.255.255.250, multicast",
        "255.255.255.255, reserved",
        "240.0.0.1, reserved",
        "203.0.113.7, reserved",
        "198.18.4.4, reserved",
        "fd00::1, private",
        "fc00::1, private",
        "fe80::1, private",
        "::1, private",
        "::, private",
        "ff02::1, multicast",
        "2001:db8::1, reserved",
        "2606:4700::1111, global",
        "64:ff9b::808:808, global",
    })
    void eachAddressHasOneKind(String text, String kind) {
        IpAddress address = IpAddress.of(text);
        assertThat(address.isPrivate()).isEqualTo(kind.equals("private"));
        assertThat(address.isMulticast()).isEqualTo(kind.equals("multicast"));
        assertThat(address.isGlobal()).isEqualTo(kind.equals("global"));
    }

    @Test
    void orderIsUnsigned() {
        assertThat(IpAddress.of("2001:db8::1")).isLessThan(IpAddress.of("fe80::1"));
        assertThat(IpAddress.of("9.0.0.0")).isLessThan(IpAddress.of("200.0.0.0"));
        assertThat(IpAddress.of("255.255.255.255")).isLessThan(IpAddress.of("2001:db8::1"));
    }
}
