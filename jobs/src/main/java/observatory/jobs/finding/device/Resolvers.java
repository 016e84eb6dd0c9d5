package observatory.jobs.finding.device;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import observatory.geo.party.Service.Purpose;
import observatory.jobs.finding.Finding;
import observatory.jobs.finding.Finding.Kind;
import observatory.jobs.finding.Finding.Severity;
import observatory.jobs.finding.SiteResolvers;
import observatory.jobs.finding.site.Suspicion;
import org.jspecify.annotations.Nullable;

/**
 * What DNS to a resolver that is not the site's amounts to: pure rules. Plain DNS can be read on the way; DNS over TLS,
 * QUIC (port 853) or HTTPS (port 443 of a service that the catalogue knows as a resolver) cannot.
 */
final class Resolvers {
    private static final int DNS = 53;
    private static final int DNS_OVER_TLS = 853;
    private static final int HTTPS = 443;

    private Resolvers() {}

    /** Which finding a flow belongs to: its kind and the resolver; null when it is no DNS, or to a resolver of the site. */
    static @Nullable String subject(Visit visit, SiteResolvers.Rule own) {
        Kind kind = kind(visit);
        return kind == null || own.isOwn(visit.peer()) ? null : kind.label() + "|" + resolver(visit);
    }

    /** Whether a flow asks for names, of whomever. */
    static boolean isQuestion(Visit visit) {
        return kind(visit) != null;
    }

    /** The finding after one more question. */
    static Suspicion after(@Nullable Suspicion before, Visit visit, String subject) {
        Finding finding = before == null ? first(visit, subject) : more(before.finding(), visit);
        return before == null
                ? new Suspicion(subject, Finding.WHERE + ": used as resolver by most devices of the site", finding)
                : new Suspicion(subject, before.headline(), finding);
    }

    private static @Nullable Kind kind(Visit visit) {
        if (!visit.isOutward()) {
            return null;
        }
        // Inside the network a question without an answer may be a probe; outside it is a wish.
        boolean isMeant = visit.bytesIn() > 0 || !visit.peer().isPrivate();
        return switch (visit.peerPort()) {
            case DNS -> isMeant ? Kind.FOREIGN_RESOLVER : null;
            case DNS_OVER_TLS -> isMeant ? Kind.HIDDEN_DNS : null;
            case HTTPS -> visit.destination().service().purpose() == Purpose.NAMES ? Kind.HIDDEN_DNS : null;
            default -> null;
        };
    }

    /** A plain resolver is an address that somebody configured; the servers of an encrypted one change. */
    private static String resolver(Visit visit) {
        return visit.peerPort() == DNS || visit.isLocal()
                ? visit.peer().toString()
                : visit.destination().endpoint();
    }

    private static Finding first(Visit visit, String subject) {
        boolean isPlain = visit.peerPort() == DNS;
        String day = Instant.ofEpochMilli(visit.startMillis())
                .atZone(ZoneOffset.UTC)
                .toLocalDate()
                .toString();
        String resolver = subject.substring(subject.indexOf('|') + 1);
        return Finding.of(
                        isPlain ? Kind.FOREIGN_RESOLVER : Kind.HIDDEN_DNS,
                        visit.device(),
                        visit.device().key() + "|" + resolver + "|" + day)
                .severity(
                        Severity.MEDIUM,
                        "Names asked elsewhere are names the site cannot see, and verdicts that rest on its DNS log are"
                                + " weaker.")
                .headline(Finding.WHERE + ": used as resolver by " + Finding.WHO)
                .facts(List.of(words(visit.peerPort()) + " to " + visit.peer() + " of "
                        + visit.destination().endpoint() + ", which is not a resolver of the site."))
                .missing(isPlain ? List.of() : List.of("The questions are encrypted."))
                .evidence(visit.evidence())
                .between(visit.startMillis(), visit.endMillis())
                .more(1, visit.bytesOut(), visit.bytesIn())
                .destination(visit.destination())
                .end();
    }

    private static Finding more(Finding before, Visit visit) {
        return before.draft()
                .evidence(visit.evidence())
                .between(visit.startMillis(), visit.endMillis())
                .more(1, visit.bytesOut(), visit.bytesIn())
                .end();
    }

    private static String words(int port) {
        return switch (port) {
            case DNS -> "DNS";
            case DNS_OVER_TLS -> "DNS over TLS";
            default -> "DNS over HTTPS";
        };
    }
}
