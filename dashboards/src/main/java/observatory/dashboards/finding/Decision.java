package observatory.dashboards.finding;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * What somebody has decided of one finding. A document of {@code observatory-decisions}, one a finding: the last decision
 * counts, those before are in {@code observatory-audit}.
 *
 * @param finding id of the finding
 * @param verdict what was decided
 * @param user who decided; never empty
 * @param reason why, in that person's own words; never empty
 * @param at when
 * @param until the latest event that was known to the one who decided ({@code event.end} of the finding)
 */
public record Decision(String finding, Verdict verdict, String user, String reason, Instant at, Instant until) {

    /** What can be decided. */
    public enum Verdict {
        /** Somebody is at it; it is not told again, also while it grows. */
        ACKNOWLEDGED,
        /** Nothing is left to do. It is open again once it goes on after what was known. */
        CLOSED,
        /** An earlier decision no longer holds. */
        REOPENED;

        /** The word in documents. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Decision {
        if (user.isBlank() || reason.isBlank()) {
            throw new IllegalArgumentException("a decision has somebody who made it, and a reason");
        }
    }

    /**
     * The state that it gives a finding.
     *
     * @param latest the finding's latest event
     * @return {@code acknowledged} or {@code closed}; empty when the finding counts as if nothing had been decided
     */
    Optional<String> state(Instant latest) {
        return switch (verdict) {
            case ACKNOWLEDGED -> Optional.of("acknowledged");
            case CLOSED -> latest.isAfter(until) ? Optional.empty() : Optional.of("closed");
            case REOPENED -> Optional.empty();
        };
    }

    /** From the source of its document. */
    static Decision read(JsonNode source) {
        return new Decision(
                source.path("observatory.decision.finding").asText(),
                Verdict.valueOf(
                        source.path("observatory.decision.verdict").asText().toUpperCase(Locale.ROOT)),
                source.path("user.name").asText(),
                source.path("event.reason").asText(),
                Instant.parse(source.path("@timestamp").asText()),
                Instant.parse(source.path("observatory.decision.until").asText()));
    }
}
