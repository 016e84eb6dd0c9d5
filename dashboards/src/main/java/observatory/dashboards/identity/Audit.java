package observatory.dashboards.identity;

import java.time.Clock;
import java.util.List;
import observatory.jobs.document.Act;
import observatory.jobs.elastic.ElasticClient;

/**
 * Records what a person does with identities. An act is stored before it is done, so that whatever was done is on record,
 * and again with what became of it.
 *
 * @param client where the records go
 * @param clock the time
 * @param user the account of the person
 */
public record Audit(ElasticClient client, Clock clock, String user) {
    /**
     * Stores that something is about to be done.
     *
     * @throws observatory.jobs.elastic.ElasticException when that cannot be stored; then it must not be done
     */
    public Act begin(String action, String subject, String reason) {
        Act act = new Act(clock.instant(), action, Act.Outcome.UNKNOWN, user, reason, subject, List.of());
        client.put(act.document());
        return act;
    }

    /** Stores what became of it. */
    public void end(Act begun, Act.Outcome outcome, List<String> detail) {
        client.put(new Act(begun.at(), begun.action(), outcome, begun.user(), begun.reason(), begun.subject(), detail)
                .document());
    }
}
