package observatory.jobs.finding;

import java.util.List;
import observatory.jobs.finding.Finding.Kind;
import observatory.jobs.finding.Finding.Severity;
import org.jspecify.annotations.Nullable;

/** What DNS to a resolver that is not the site's amounts to: one finding per device and resolver. */
final class ForeignResolver {
    private ForeignResolver() {}

    static Finding after(@Nullable Finding before, Contact contact) {
        if (before == null) {
            return first(contact);
        }
        return before.draft()
                .evidence(contact.evidence())
                .between(contact.timeMillis(), contact.endMillis())
                .more(1, contact.bytesOut(), contact.bytesIn())
                .end();
    }

    private static Finding first(Contact contact) {
        boolean encrypted = contact.port() == 853;
        return Finding.of(
                        Kind.FOREIGN_RESOLVER,
                        contact.device(),
                        contact.device().key() + "|" + contact.peer())
                .severity(
                        Severity.MEDIUM,
                        "Names asked elsewhere are names the site cannot see, and verdicts that rest on its DNS log are"
                                + " weaker.")
                .headline(Finding.WHERE + ": used as resolver by " + Finding.WHO)
                .facts(List.of((encrypted ? "DNS over TLS" : "DNS") + " to " + contact.peer() + " of "
                        + contact.destination().endpoint() + ", which is not a resolver of the site."))
                .missing(encrypted ? List.of("The questions are encrypted.") : List.of())
                .evidence(contact.evidence())
                .between(contact.timeMillis(), contact.endMillis())
                .more(1, contact.bytesOut(), contact.bytesIn())
                .destination(contact.destination())
                .end();
    }
}
