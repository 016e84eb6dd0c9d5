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
        return new Finding(
                before.kind(),
                before.cause(),
                before.scope(),
                before.severity(),
                before.reason(),
                before.facts(),
                before.missing(),
                Math.min(before.firstMillis(), contact.timeMillis()),
                Math.max(before.lastMillis(), contact.endMillis()),
                before.count() + 1,
                1,
                before.bytesOut() + contact.bytesOut(),
                before.bytesIn() + contact.bytesIn(),
                before.site(),
                null,
                before.device(),
                before.destination());
    }

    private static Finding first(Contact contact) {
        boolean encrypted = contact.port() == 853;
        return new Finding(
                Kind.FOREIGN_RESOLVER,
                contact.device().key() + "|" + contact.peer(),
                "device",
                Severity.MEDIUM,
                "Names asked elsewhere are names the site cannot see, and verdicts that rest on its DNS log are weaker.",
                List.of((encrypted ? "DNS over TLS" : "DNS") + " to " + contact.peer() + " of "
                        + contact.destination().endpoint() + ", which is not a resolver of the site."),
                encrypted ? List.of("The questions are encrypted.") : List.of(),
                contact.timeMillis(),
                contact.endMillis(),
                1,
                1,
                contact.bytesOut(),
                contact.bytesIn(),
                contact.device().site(),
                null,
                contact.device(),
                contact.destination());
    }
}
