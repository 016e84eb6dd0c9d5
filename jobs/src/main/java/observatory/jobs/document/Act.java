package observatory.jobs.document;

import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * One act that can be asked about later: who looked, changed, revealed or deleted what, when and why. A document of
 * {@code observatory-audit}, written once and never changed.
 *
 * @param at when
 * @param action what was done, a word of its own per kind of act: {@code reveal}, {@code geo-update}
 * @param outcome what became of it
 * @param user who did it: the name a person gave, else that of the account; never empty
 * @param reason why, in the person's own words; empty where nobody has to give one
 * @param subject what it was done to: a pseudonym, a finding's id, a snapshot's digest; never a raw identity
 * @param detail facts about it, in no fixed form; never a raw identity
 */
public record Act(
        Instant at, String action, Outcome outcome, String user, String reason, String subject, List<String> detail) {

    /** What became of an act, in the words of ECS. */
    public enum Outcome {
        SUCCESS,
        FAILURE,
        /** Written before the act, which is only done once this is stored. */
        UNKNOWN
    }

    public Act {
        if (action.isBlank() || user.isBlank()) {
            throw new IllegalArgumentException("an act has an action and somebody who did it");
        }
        detail = List.copyOf(detail);
    }

    /** This act as a document; two acts differ in time, action, subject or person. */
    public Document document() {
        byte[] json = new Fields()
                .put("@timestamp", at.toString())
                .put("event.dataset", "observatory.audit")
                .put("event.kind", "event")
                .put("event.action", action)
                .put("event.outcome", outcome.name().toLowerCase(Locale.ROOT))
                .put("event.reason", reason)
                .put("user.name", user)
                .put("observatory.audit.subject", subject)
                .put("observatory.audit.detail", detail)
                .end();
        return new Document(Indices.AUDIT, Ids.of(at, action, outcome, user, subject), Document.UNVERSIONED, json);
    }
}
