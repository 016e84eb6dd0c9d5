package observatory.dashboards.alert;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import observatory.dashboards.alert.AlertSettings.Severity;
import observatory.dashboards.alert.FakeChat.Reply;
import observatory.dashboards.search.FixtureIndex;
import observatory.jobs.elastic.ElasticClient;
import observatory.jobs.elastic.RealElasticsearch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The whole way from findings in a real Elasticsearch to a chat made by hand. */
@Tag("slow")
@SuppressWarnings("NullAway.Init")
class AlertsTest {
    private static final Instant NOW = Instant.parse("2026-11-23T08:00:00Z");
    private static ElasticClient client;
    private static FixtureIndex fixture;

    @BeforeAll
    static void fill() {
        client = ElasticClient.to(RealElasticsearch.settings());
        fixture = new FixtureIndex(client);
    }

    @AfterAll
    static void empty() {
        fixture.close();
        client.close();
    }

    @BeforeEach
    void forgetWhatWasSent() {
        client.deleteIndex("observatory-alerts");
    }

    @Test
    void aFindingIsSentOncePerChannel() throws Exception {
        try (FakeChat chat = new FakeChat()) {
            Alerts.Result first = alerts(chat, "soc", Severity.LOW).send();
            Alerts.Result second = alerts(chat, "soc", Severity.LOW).send();
            Alerts.Result otherChannel = alerts(chat, "privacy", Severity.LOW).send();

            assertThat(first).isEqualTo(new Alerts.Result(3, 0, ""));
            assertThat(second).isEqualTo(new Alerts.Result(0, 0, ""));
            assertThat(otherChannel.sent()).isEqualTo(3);
            assertThat(chat.messages()).hasSize(2);
        }
    }

    @Test
    void theWorstComesFirstAndWhatIsTooSmallDoesNotCome() throws Exception {
        try (FakeChat chat = new FakeChat()) {
            alerts(chat, "soc", Severity.HIGH).send();

            JsonNode message = new ObjectMapper().readTree(chat.messages().getFirst());
            assertThat(message.at("/blocks/0/text/text").asText()).isEqualTo("New endpoint (high)");
            assertThat(message.path("text").asText())
                    .contains("fw.yealink.com", "cannot be decided, sources disagree: Hong Kong SAR China or Singapore")
                    .doesNotContain("foreign resolver");
        }
    }

    @Test
    void aChannelThatRefusesIsReportedAndTriedInTheNextRun() throws Exception {
        try (FakeChat chat = new FakeChat(Reply.of(403, "invalid_token"))) {
            Alerts.Result refused = alerts(chat, "soc", Severity.LOW).send();
            Alerts.Result next = alerts(chat, "soc", Severity.LOW).send();

            assertThat(refused)
                    .isEqualTo(
                            new Alerts.Result(0, 3, "channel soc did not take the message: HTTP 403, invalid_token"));
            assertThat(refused.isComplete()).isFalse();
            assertThat(next).isEqualTo(new Alerts.Result(3, 0, ""));
        }
    }

    @Test
    void everyAttemptIsOnRecordWithItsOutcome() throws Exception {
        try (FakeChat chat = new FakeChat(Reply.of(403, "invalid_token"))) {
            alerts(chat, "soc", Severity.LOW).send();
            assertThat(ledger()).hasSize(3).allSatisfy(entry -> {
                assertThat(entry.path("observatory.alert.outcome").asText()).isEqualTo("failed");
                assertThat(entry.path("message").asText()).isEqualTo("HTTP 403, invalid_token");
            });

            alerts(chat, "soc", Severity.LOW).send();
            assertThat(ledger()).hasSize(3).allSatisfy(entry -> {
                assertThat(entry.path("observatory.alert.outcome").asText()).isEqualTo("sent");
                assertThat(entry.path("@timestamp").asText()).isEqualTo(NOW.toString());
                assertThat(entry.path("observatory.simulated").asBoolean()).isTrue();
            });
        }
    }

    @Test
    void aPreviewSendsAndRecordsNothing() throws Exception {
        try (FakeChat chat = new FakeChat()) {
            List<String> preview = alerts(chat, "soc", Severity.MEDIUM).preview();

            assertThat(preview).hasSize(1);
            assertThat(preview.getFirst()).startsWith("3 findings to look at");
            assertThat(chat.messages()).isEmpty();
            assertThat(client.count("observatory-alerts")).isZero();
        }
    }

    @Test
    void aTestMessageSaysThatItIsOne() throws Exception {
        try (FakeChat chat = new FakeChat()) {
            assertThat(alerts(chat, "soc", Severity.LOW).test().isComplete()).isTrue();
            assertThat(chat.messages().getFirst()).contains("Test of the alert channel");
        }
    }

    private static Alerts alerts(FakeChat chat, String channel, Severity minimum) {
        URI console = URI.create("http://127.0.0.1:8600");
        AlertSettings settings =
                new AlertSettings(channel, chat.webhook(), minimum, console, ZoneOffset.UTC, Duration.ofSeconds(5), 2);
        return new Alerts(client, settings, InstantSource.fixed(NOW), duration -> {});
    }

    private static List<JsonNode> ledger() {
        return client.search("observatory-alerts", "{\"size\": 100}")
                .at("/hits/hits")
                .findValues("_source");
    }
}
