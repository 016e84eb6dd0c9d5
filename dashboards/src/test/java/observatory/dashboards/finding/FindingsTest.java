package observatory.dashboards.finding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import observatory.dashboards.finding.Decision.Verdict;
import observatory.jobs.document.Document;
import observatory.jobs.elastic.ElasticClient;
import observatory.jobs.elastic.RealElasticsearch;
import observatory.jobs.finding.Suppression;
import observatory.jobs.finding.Suppressions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Decisions and suppressions against a real Elasticsearch into which a job writes meanwhile. */
@Tag("slow")
@SuppressWarnings("NullAway.Init")
class FindingsTest {
    private static final Instant NOW = Instant.parse("2026-11-23T08:00:00Z");
    private static final Instant MONDAY = Instant.parse("2026-11-02T08:00:00Z");

    private static ElasticClient client;
    private static Findings findings;

    @BeforeAll
    static void open() {
        client = ElasticClient.to(RealElasticsearch.settings());
        client.installTemplates();
        findings = new Findings(client, InstantSource.fixed(NOW));
    }

    @AfterAll
    static void close() {
        client.indices("observatory-*").forEach(client::deleteIndex);
        client.close();
    }

    @BeforeEach
    void begin() {
        client.indices("observatory-*").forEach(client::deleteIndex);
        jobWrites("abc1", "a.example.com", MONDAY, 1, "open");
        jobWrites("abd2", "notexample.com", MONDAY, 1, "open");
    }

    @Test
    void whatIsAcknowledgedStaysSoWhenTheJobWritesTheFindingAnew() {
        findings.decide(findings.find("abc"), Verdict.ACKNOWLEDGED, "ann", "asked the vendor");
        assertThat(state("abc1")).isEqualTo("acknowledged");

        jobWrites("abc1", "a.example.com", MONDAY.plus(Duration.ofDays(3)), 2, "open");
        assertThat(state("abc1")).isEqualTo("open");
        assertThat(findings.settle(null, false)).hasSize(1);

        assertThat(state("abc1")).isEqualTo("acknowledged");
        assertThat(get("abc1").path("observatory.decision.user").asText()).isEqualTo("ann");
        assertThat(findings.settle(null, false)).isEmpty();
    }

    @Test
    void whatIsClosedIsOpenAgainWhenItGoesOn() {
        findings.decide(findings.find("abc1"), Verdict.CLOSED, "ann", "was a test");
        findings.settle(null, false);
        assertThat(state("abc1")).isEqualTo("closed");

        jobWrites("abc1", "a.example.com", MONDAY.plusSeconds(1), 2, "open");
        findings.settle(null, false);

        assertThat(state("abc1")).isEqualTo("open");
        assertThat(get("abc1").has("observatory.decision.user")).isFalse();
    }

    @Test
    void whatIsReopenedCountsAsTheJobHasIt() {
        jobWrites("abc1", "a.example.com", MONDAY, 2, "closed");
        findings.decide(findings.find("abc1"), Verdict.ACKNOWLEDGED, "ann", "looking");
        findings.decide(findings.find("abc1"), Verdict.REOPENED, "ben", "not the same");

        assertThat(state("abc1")).isEqualTo("closed");
        client.refresh("observatory-audit");
        assertThat(client.count("observatory-audit")).isEqualTo(2);
    }

    @Test
    void aSuppressionHoldsForStoredFindingsBelowTheApexOnlyAndCanBePreviewed() {
        Suppressions apex = new Suppressions(List.of(
                new Suppression("vendor", "ann", "known", NOW.toEpochMilli(), "example.com", null, null, null)));

        assertThat(findings.settle(apex, true))
                .extracting(Findings.Change::id, Findings.Change::before, Findings.Change::after)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("abc1", "open", "suppressed"));
        assertThat(state("abc1")).isEqualTo("open");

        findings.settle(apex, false);
        assertThat(state("abc1")).isEqualTo("suppressed");
        assertThat(state("abd2")).isEqualTo("open");
        assertThat(findings.settle(null, false)).isEmpty();

        findings.settle(Suppressions.NONE, false);
        assertThat(state("abc1")).isEqualTo("open");
        assertThat(get("abc1").has("observatory.suppression.id")).isFalse();
    }

    @Test
    void aDecisionGoesBeforeASuppression() {
        findings.decide(findings.find("abc1"), Verdict.ACKNOWLEDGED, "ann", "looking");

        findings.settle(
                new Suppressions(List.of(
                        new Suppression("all", "ann", "known", NOW.toEpochMilli(), null, null, null, "new-endpoint"))),
                false);

        assertThat(state("abc1")).isEqualTo("acknowledged");
        assertThat(state("abd2")).isEqualTo("suppressed");
    }

    @Test
    void theBeginningOfAnIdIsEnoughWhenItIsUnique() {
        assertThat(findings.find("abd").id()).isEqualTo("abd2");
        assertThatThrownBy(() -> findings.find("ab")).hasMessageContaining("2 findings");
        assertThatThrownBy(() -> findings.find("x")).hasMessageContaining("no finding");
        assertThatThrownBy(() -> findings.find("")).isInstanceOf(IllegalArgumentException.class);
    }

    private static void jobWrites(String id, String endpoint, Instant end, long count, String state) {
        String json = ("{\"@timestamp\":\"2026-11-02T07:00:00Z\",\"event.start\":\"2026-11-02T07:00:00Z\","
                        + "\"event.end\":\"%s\",\"event.severity\":47,\"message\":\"new endpoint %s\","
                        + "\"observatory.finding.kind\":\"new-endpoint\",\"observatory.finding.scope\":\"fleet\","
                        + "\"observatory.finding.state\":\"%s\",\"observatory.finding.count\":%d,"
                        + "%s\"observatory.endpoint\":\"%s\"}")
                .formatted(
                        end,
                        endpoint,
                        state,
                        count,
                        state.equals("closed") ? "\"observatory.finding.ended\":true," : "",
                        endpoint);
        assertThat(client.put(new Document("observatory-findings", id, count, json.getBytes(StandardCharsets.UTF_8))))
                .isTrue();
        client.refresh("observatory-findings");
    }

    private static JsonNode get(String id) {
        return client.get("observatory-findings", id).orElseThrow();
    }

    private static String state(String id) {
        return get(id).path("observatory.finding.state").asText();
    }
}
