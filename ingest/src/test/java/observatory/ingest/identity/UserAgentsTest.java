package observatory.ingest.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class UserAgentsTest {

    @TestFactory
    Stream<DynamicTest> everyRuleKnowsItsExample() {
        return UserAgents.rules().stream()
                .map(rule -> DynamicTest.dynamicTest(rule.example(), () -> {
                    UserAgents.Phone phone = new UserAgents().phone(rule.example());
                    assertThat(phone)
                            .isEqualTo(new UserAgents.Phone(
                                    rule.maker(),
                                    rule.model(),
                                    rule.firmware(),
                                    rule.mac().isEmpty() ? null : rule.mac()));
                }));
    }

    @Test
    void browsersAndServersAreNoPhones() {
        UserAgents userAgents = new UserAgents();
        assertThat(userAgents.phone("Mozilla/5.0 (Windows NT 10.0; Win64; x64)"))
                .isNull();
        assertThat(userAgents.phone("Asterisk PBX 18.9")).isNull();
        assertThat(userAgents.phone("")).isNull();
        assertThat(userAgents.phone(null)).isNull();
    }

    @Test
    void anEndlessUserAgentCostsLittle() {
        UserAgents.Phone phone = new UserAgents().phone("Yealink SIP-T54W 96.86.0.100 " + "a".repeat(1_000_000));
        assertThat(phone).isNotNull().extracting(UserAgents.Phone::model).isEqualTo("SIP-T54W");
        assertThat(new UserAgents().phone("Polycom" + "-A".repeat(500_000))).isNull();
    }

    @Test
    void hostsLoseTheirPortAndAddressesAreNoNames() {
        assertThat(UserAgents.hostName("RPS.Yealink.com:8080")).isEqualTo("rps.yealink.com");
        assertThat(UserAgents.hostName("10.0.0.1:80")).isNull();
        assertThat(UserAgents.hostName("2001:db8::1")).isNull();
        assertThat(UserAgents.hostName("[2001:db8::1]:80")).isNull();
        assertThat(UserAgents.hostName("")).isNull();
    }
}
