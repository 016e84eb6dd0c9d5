package observatory.dashboards.finding;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Optional;
import observatory.jobs.finding.Suppression;
import observatory.jobs.finding.Suppressions;
import org.jspecify.annotations.Nullable;

/**
 * What a finding counts as: what was decided of it goes before a suppression, and that before what the job says. Pure: it
 * depends on the finding's own events and never on the clock.
 *
 * @param state {@code open}, {@code acknowledged}, {@code suppressed} or {@code closed}
 * @param suppression by which it is suppressed; null when it is not
 * @param decision by which it is acknowledged or closed; null when nothing decided holds
 */
record Standing(
        String state,
        @Nullable Suppression suppression,
        @Nullable Decision decision) {
    private static final String STATE = "observatory.finding.state";
    private static final String SUPPRESSION = "observatory.suppression.id";
    private static final String SUPPRESSION_OWNER = "observatory.suppression.owner";
    private static final String USER = "observatory.decision.user";
    private static final String REASON = "observatory.decision.reason";

    /**
     * @param finding source of its document
     * @param suppressions all that hold; null to leave those findings suppressed that are
     * @param decision the last decision; null when there is none
     */
    static Standing of(JsonNode finding, @Nullable Suppressions suppressions, @Nullable Decision decision) {
        Instant latest = Instant.parse(finding.path("event.end").asText());
        Optional<String> decided = decision == null ? Optional.empty() : decision.state(latest);
        if (decided.isPresent()) {
            return new Standing(decided.get(), null, decision);
        }
        Suppression covering = suppressions == null
                ? null
                : suppressions.covering(about(finding, latest)).orElse(null);
        if (covering != null) {
            return new Standing("suppressed", covering, null);
        }
        boolean isLeft = suppressions == null && finding.hasNonNull(SUPPRESSION);
        if (isLeft) {
            return new Standing("suppressed", null, null);
        }
        return new Standing(finding.path("observatory.finding.ended").asBoolean() ? "closed" : "open", null, null);
    }

    /** The finding as it then is; empty when it is so already. */
    Optional<ObjectNode> applied(JsonNode finding) {
        ObjectNode changed = finding.deepCopy();
        changed.put(STATE, state);
        if (suppression != null) {
            changed.put(SUPPRESSION, suppression.id()).put(SUPPRESSION_OWNER, suppression.owner());
        } else if (!state.equals("suppressed")) {
            changed.remove(SUPPRESSION);
            changed.remove(SUPPRESSION_OWNER);
        }
        if (decision != null) {
            changed.put(USER, decision.user()).put(REASON, decision.reason());
        } else {
            changed.remove(USER);
            changed.remove(REASON);
        }
        return changed.equals(finding) ? Optional.empty() : Optional.of(changed);
    }

    private static Suppression.About about(JsonNode finding, Instant latest) {
        return Suppression.About.of(
                finding.path("observatory.finding.kind").asText(),
                finding.path("observatory.finding.scope").asText(),
                text(finding, "observatory.endpoint"),
                text(finding, "device.id"),
                text(finding, "observatory.device.cohort"),
                latest.toEpochMilli());
    }

    private static @Nullable String text(JsonNode finding, String field) {
        return finding.hasNonNull(field) ? finding.path(field).asText() : null;
    }
}
