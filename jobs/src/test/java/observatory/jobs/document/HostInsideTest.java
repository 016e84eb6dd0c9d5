package observatory.jobs.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import observatory.jobs.attribute.Device;
import observatory.jobs.attribute.PhoneNetworks;
import observatory.jobs.finding.Finding;
import observatory.jobs.finding.Finding.Kind;
import observatory.jobs.finding.Suppressions;
import observatory.jobs.finding.policy.Policy;
import org.junit.jupiter.api.Test;

/** What findings tell of hosts inside, which rules speak of by address. */
class HostInsideTest {
    private static final String SERVER = "srv-[0-9a-f]{20}";
    private static final Device PHONE = Device.ofAddress("zurich", "10.9.0.1", 0);

    @Test
    void aHostInsideHasAPseudonymInEverySentenceAndInTheCause() throws IOException {
        JsonNode told = told(Privacy.PSEUDONYMOUS, finding("zurich|10.9.0.10|sip", "SIP to 10.9.0.10 at port 5060."));

        assertThat(told.path("observatory.finding.cause").asText()).matches("zurich\\|" + SERVER + "\\|sip");
        assertThat(told.path("observatory.finding.evidence").get(0).asText())
                .matches("SIP to " + SERVER + " at port 5060\\.");
        assertThat(told.toString()).doesNotContain("10.9.0.");
    }

    @Test
    void aPhoneWithoutALeaseIsNotFoundInAnAddressThatBeginsLikeItsOwn() throws IOException {
        JsonNode own = told(Privacy.PSEUDONYMOUS, finding("zurich|10.9.0.1|x", "x"));

        assertThat(own.path("observatory.finding.cause").asText()).matches("dev-[0-9a-f]{20}\\|x");
    }

    @Test
    void addressesOfSixGroupsOfPhonesOutsideAndEndsOfSentencesAreSeen() throws IOException {
        JsonNode told = told(
                Privacy.AGGREGATE,
                finding(
                        "x",
                        "To fd00::7, [fd00::8]:53 and fd00::9: 3. Of 203.0.113.7; from 10.9.0.12. By 10.9.0.13/32"));

        assertThat(told.path("observatory.finding.evidence").get(0).asText())
                .matches("To (S), \\[(S)]:53 and (S): 3\\. Of (S); from (S)\\. By (S)".replace("S", SERVER));
    }

    @Test
    void whatOnlyLooksLikeAHostInsideStays() throws IOException {
        String words = "Called from 10.9.0.0/24, AS64500 198.51.100.0/24, 8.8.8.8 by Yealink T54W 10.2.3.4.";

        JsonNode told = told(Privacy.PSEUDONYMOUS, finding("x", words));
        JsonNode silent = told(
                Privacy.PSEUDONYMOUS,
                Finding.of(Kind.SENSOR_SILENT, "sensor", "10.0.0.1|5")
                        .headline("10.0.0.1 delivers nothing")
                        .sensor("10.0.0.1")
                        .between(0, 10)
                        .end());

        assertThat(told.path("observatory.finding.evidence").get(0).asText()).isEqualTo(words);
        assertThat(silent.path("message").asText()).isEqualTo("10.0.0.1 delivers nothing");
        assertThat(silent.path("observatory.finding.cause").asText()).isEqualTo("10.0.0.1|5");
    }

    @Test
    void onlyTheFullLevelTellsTheAddressAndTheCauseIsThatOfEveryLevel() throws IOException {
        Finding finding = finding("zurich|10.9.0.10|sip", "SIP to 10.9.0.10 at port 5060.");
        JsonNode full = told(Privacy.FULL, finding);

        assertThat(full.path("observatory.finding.evidence").get(0).asText()).contains("10.9.0.10");
        assertThat(full.path("observatory.finding.cause"))
                .isEqualTo(told(Privacy.AGGREGATE, finding).path("observatory.finding.cause"));
    }

    private static Finding finding(String cause, String fact) {
        Device device = new Device(
                PHONE.key(), "zurich", PHONE.address(), null, null, "Yealink", "T54W", "10.2.3.4", null, null, 0);
        return Finding.of(Kind.CLEARTEXT_MANAGEMENT, device, cause)
                .headline(Finding.WHO + " speaks to 10.9.0.10")
                .facts(List.of(fact))
                .between(0, 10)
                .end();
    }

    private static JsonNode told(Privacy level, Finding finding) throws IOException {
        Documents documents = new Documents(
                Pseudonyms.of(new byte[Pseudonyms.KEY_BYTES]),
                level,
                new PhoneNetworks(List.of("203.0.113.0/24", "10.9.0.0/16")),
                false,
                Suppressions.NONE,
                Policy.NONE);
        return new ObjectMapper().readTree(documents.finding(finding).json());
    }
}
