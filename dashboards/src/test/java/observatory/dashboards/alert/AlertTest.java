package observatory.dashboards.alert;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AlertTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String DISPUTED = """
            {"message": "Yealink RPS (yealink.com): first contact of the fleet, by Yealink SIP-T54W p-3f1c",
             "event.start": "2026-11-18T10:00:00Z", "event.end": "2026-11-18T12:00:00Z",
             "device.id": "p-3f1c", "device.manufacturer": "Yealink", "device.model.name": "SIP-T54W",
             "observatory.site": "berlin & co", "observatory.endpoint": "yealink.com",
             "observatory.operator": "Yealink Network Technology", "observatory.service.vendor": "Yealink",
             "observatory.service.name": "RPS", "observatory.service.purpose": "provisioning",
             "destination.as.organization.name": "Alibaba US Technology", "destination.as.number": 45102,
             "observatory.place.state": "disputed", "observatory.place.countries": ["CN", "SG"],
             "observatory.finding.kind": "new-endpoint", "observatory.finding.severity": "medium",
             "observatory.finding.count": 12, "observatory.finding.devices": 3,
             "observatory.finding.missing": ["no TLS log from this site"]}
            """;

    @Test
    void operatorComesFirstThenHostNetworkThenPlaceWithItsDoubt() throws Exception {
        Alert alert = alert(DISPUTED);

        assertThat(alert.title()).isEqualTo("New endpoint (medium)");
        assertThat(alert.facts())
                .startsWith(
                        new Alert.Fact(
                                "Operator", "Yealink Network Technology (Yealink RPS, provisioning, yealink.com)"),
                        new Alert.Fact("Host network", "Alibaba US Technology, AS45102"),
                        new Alert.Fact("Place", "cannot be decided, sources disagree: China or Singapore"),
                        new Alert.Fact("Seen", "12 times, by 3 devices"))
                .contains(new Alert.Fact("Missing input", "no TLS log from this site"));
    }

    @Test
    void theLinkLeadsToTheSiteAndTimeOfTheFinding() throws Exception {
        assertThat(alert(DISPUTED).link())
                .hasToString("http://console:8600/?from=2026-11-18T09:00:00Z&to=2026-11-18T13:00:00Z"
                        + "&site=berlin+%26+co");
    }

    @Test
    void anUnknownOperatorIsSaidToBeUnknown() throws Exception {
        Alert alert = alert(
                "{\"observatory.endpoint\": \"AS64500 203.0.113.0/24\", \"observatory.place.state\": \"unknown\"}");

        assertThat(alert.facts())
                .startsWith(
                        new Alert.Fact("Operator", "cannot be decided, not in the catalogue (AS64500 203.0.113.0/24)"),
                        new Alert.Fact("Host network", "not known"),
                        new Alert.Fact("Place", "cannot be decided, no evidence"));
    }

    @Test
    void aSilentSensorIsAnIntervalAndWasNotSeenManyTimes() throws Exception {
        Alert alert = alert("""
                {"observatory.finding.scope": "sensor", "observatory.finding.count": 180, "observer.name": "zeek-1",
                 "event.start": "2026-11-18T10:00:00Z", "event.end": "2026-11-18T13:00:00Z"}
                """);

        assertThat(alert.facts())
                .containsExactly(
                        new Alert.Fact("From", "2026-11-18 10:00 Z"),
                        new Alert.Fact("To", "2026-11-18 13:00 Z"),
                        new Alert.Fact("Sensor", "zeek-1"));
    }

    @Test
    void addressesOfDevicesStayBehind() throws Exception {
        Alert alert = alert("""
                {"message": "10.20.30.40 and fd00:1::5 (00:15:65:aa:bb:cc) asked 9.9.9.9 and 172.20.1.1",
                 "observatory.finding.evidence": ["from 192.168.1.7", "to 2620:fe::fe"]}
                """);

        assertThat(SlackMessage.of(List.of(alert)))
                .doesNotContain("10.20.30.40", "fd00", "00:15:65", "192.168", "172.20.1.1")
                .contains("9.9.9.9", "2620:fe::fe", "(address withheld)");
    }

    @Test
    void textsFromTheWireAreNoCommands() throws Exception {
        Alert alert = alert(
                "{\"message\": \"<!channel> & <http://evil.example|click>\", \"observatory.site\": \"a\\nb\\u202ec\"}");

        String section = MAPPER.readTree(SlackMessage.of(List.of(alert)))
                .at("/blocks/1/text/text")
                .asText();

        assertThat(section)
                .contains("&lt;!channel&gt; &amp; &lt;http://evil.example|click&gt;", "*Site:* a b c")
                .doesNotContain("<!", "<http://evil");
    }

    @Test
    void everySectionStaysBelowWhatSlackTakes() throws Exception {
        String hostile = "&<".repeat(900);
        Alert alert = alert("""
                {"message": "%s", "observatory.operator": "%s", "observatory.endpoint": "%s",
                 "event.start": "2026-11-18T10:00:00Z", "observatory.finding.evidence": ["%s", "%s", "%s"]}
                """.formatted(hostile, hostile, hostile, hostile, hostile, hostile));

        String section = MAPPER.readTree(SlackMessage.of(List.of(alert)))
                .at("/blocks/1/text/text")
                .asText();

        assertThat(section.length()).isLessThanOrEqualTo(3_000);
        assertThat(section).endsWith("|Open in the console>");
    }

    @Test
    void tenAlertsFitIntoOneMessage() throws Exception {
        List<Alert> alerts = IntStream.range(0, SlackMessage.MOST_ALERTS)
                .mapToObj(number -> new Alert("id" + number, "t", "s", List.of(), null, false))
                .toList();

        assertThat(MAPPER.readTree(SlackMessage.of(alerts)).path("blocks").size())
                .isLessThanOrEqualTo(50);
    }

    @Test
    void simulatedFindingsSaySo() throws Exception {
        String message = SlackMessage.of(List.of(alert("{\"observatory.simulated\": true}")));

        assertThat(MAPPER.readTree(message).path("text").asText()).contains("SIMULATED");
        assertThat(MAPPER.readTree(message).path("blocks").toString()).contains("SIMULATED");
    }

    private static Alert alert(String finding) throws JsonProcessingException {
        return Alert.of("id", MAPPER.readTree(finding), URI.create("http://console:8600/"), ZoneOffset.UTC);
    }
}
