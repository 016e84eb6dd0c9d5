package observatory.dashboards.finding;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import observatory.jobs.document.Act;
import observatory.jobs.document.Document;
import observatory.jobs.document.Indices;
import observatory.jobs.elastic.ElasticClient;
import observatory.jobs.elastic.ElasticException;
import observatory.jobs.finding.Suppressions;
import org.jspecify.annotations.Nullable;

/**
 * The findings that are stored, and what people decide of them. The job writes a finding anew whenever it grows and knows
 * of no decision; {@link #settle} puts what was decided back, and is called before findings are told and every minute while
 * the job runs.
 *
 * <p>Every method throws {@link ElasticException} if Elasticsearch gives no answer.
 */
public final class Findings {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String STATE = "observatory.finding.state";

    private final ElasticClient client;
    private final InstantSource clock;

    /**
     * @param client where findings are stored
     * @param clock tells when something is decided
     */
    public Findings(ElasticClient client, InstantSource clock) {
        this.client = client;
        this.clock = clock;
    }

    /**
     * One stored finding.
     *
     * @param id id of its document
     * @param source its document
     */
    public record Stored(String id, JsonNode source) {
        /** A field as text; empty when it is missing. */
        public String text(String field) {
            return source.path(field).asText();
        }
    }

    /**
     * A finding whose state is another than it was.
     *
     * @param id id of its document
     * @param before state before
     * @param after state after
     * @param source the document as it is after
     */
    public record Change(String id, String before, String after, JsonNode source) {}

    /** All findings, worst first, then latest first; they are few, since each evolves instead of repeating. */
    public List<Stored> all() {
        List<Stored> all = new ArrayList<>();
        client.scan(
                Indices.FINDINGS,
                null,
                hit -> all.add(new Stored(hit.path("_id").asText(), hit.path("_source"))));
        all.sort(Comparator.comparingLong((Stored stored) ->
                        -stored.source().path("event.severity").asLong())
                .thenComparing(stored -> stored.text("event.end"), Comparator.reverseOrder())
                .thenComparing(Stored::id));
        return all;
    }

    /**
     * The one finding whose id begins so.
     *
     * @throws IllegalArgumentException when there is none, or more than one
     */
    public Stored find(String begin) {
        client.refresh(Indices.FINDINGS);
        List<Stored> found =
                all().stream().filter(stored -> stored.id().startsWith(begin)).toList();
        if (begin.isEmpty() || found.size() != 1) {
            throw new IllegalArgumentException(
                    found.isEmpty()
                            ? "no finding has an id that begins with '" + begin + "'"
                            : found.size() + " findings have an id that begins with '" + begin + "'; give more of it");
        }
        return found.getFirst();
    }

    /**
     * Records a decision, and what was decided when and by whom, and applies it.
     *
     * @return the finding as it is then
     */
    public Stored decide(Stored finding, Decision.Verdict verdict, String user, String reason) {
        Decision decision = new Decision(
                finding.id(), verdict, user, reason, clock.instant(), Instant.parse(finding.text("event.end")));
        client.put(new Act(
                        decision.at(),
                        "finding-" + verdict.label(),
                        Act.Outcome.SUCCESS,
                        user,
                        reason,
                        finding.id(),
                        List.of(finding.text("message")))
                .document());
        client.put(document(decision));
        client.refresh(Indices.DECISIONS);
        return settled(finding, null, decision)
                .map(source -> {
                    store(finding.id(), source);
                    client.refresh(Indices.FINDINGS);
                    return new Stored(finding.id(), source);
                })
                .orElse(finding);
    }

    /**
     * Makes stored findings count as decisions and suppressions have it.
     *
     * @param suppressions all that hold; null when they are not known, and what is suppressed stays so
     * @param preview only say what would change
     */
    public List<Change> settle(@Nullable Suppressions suppressions, boolean preview) {
        Map<String, Decision> decisions = new HashMap<>();
        client.scan(Indices.DECISIONS, null, hit -> {
            Decision decision = Decision.read(hit.path("_source"));
            decisions.put(decision.finding(), decision);
        });
        List<Change> changes = new ArrayList<>();
        for (Stored finding : all()) {
            settled(finding, suppressions, decisions.get(finding.id())).ifPresent(source -> {
                if (!preview) {
                    store(finding.id(), source);
                }
                String after = source.path(STATE).asText();
                changes.add(new Change(finding.id(), finding.text(STATE), after, source));
            });
        }
        if (!preview && !changes.isEmpty()) {
            client.refresh(Indices.FINDINGS);
        }
        return changes;
    }

    private static Optional<ObjectNode> settled(
            Stored finding, @Nullable Suppressions suppressions, @Nullable Decision decision) {
        return Standing.of(finding.source(), suppressions, decision).applied(finding.source());
    }

    /** Under the version that the job gave it. If the job has written a newer state meanwhile, that stays. */
    private void store(String id, ObjectNode source) {
        long version = source.path("observatory.finding.count").asLong();
        client.put(new Document(Indices.FINDINGS, id, version, bytes(source)));
    }

    private static Document document(Decision decision) {
        ObjectNode source = JSON.createObjectNode()
                .put("@timestamp", decision.at().toString())
                .put("event.dataset", "observatory.decision")
                .put("event.kind", "state")
                .put("event.reason", decision.reason())
                .put("user.name", decision.user())
                .put("observatory.decision.finding", decision.finding())
                .put("observatory.decision.verdict", decision.verdict().label())
                .put("observatory.decision.until", decision.until().toString());
        return new Document(Indices.DECISIONS, decision.finding(), Document.UNVERSIONED, bytes(source));
    }

    private static byte[] bytes(ObjectNode source) {
        try {
            return JSON.writeValueAsString(source).getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
