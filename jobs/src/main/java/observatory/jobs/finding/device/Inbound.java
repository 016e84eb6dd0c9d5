package observatory.jobs.finding.device;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import observatory.ingest.observation.TransportProtocol;
import observatory.jobs.finding.Finding;
import observatory.jobs.finding.Finding.Kind;
import observatory.jobs.finding.Finding.Severity;
import observatory.jobs.finding.site.Suspicion;
import org.jspecify.annotations.Nullable;

/**
 * When somebody is answered by a port of a phone who has no business there: pure rules. Voice servers have, where the
 * phone registers and whoever is configured as voice or as manager; media of calls is no service. A refusal is no answer.
 */
final class Inbound {
    /** Words of Zeek for connections that were refused or never answered. */
    private static final Set<String> UNANSWERED = Set.of("REJ", "S0", "SH", "RSTOS0", "RSTRH");

    private static final long ACCEPTED_PACKETS = 2;
    private static final int LEAST_DYNAMIC_PORT = 1_024;

    private Inbound() {}

    /** Which affair a flow belongs to: port and network of the caller; null when the phone was not called, or kept quiet. */
    static @Nullable String subject(Visit visit) {
        if (visit.isOutward() || visit.bytesOut() <= 0 || visit.isTalk() || isReversed(visit) || !isAnswered(visit)) {
            return null;
        }
        return Kind.NEW_INBOUND_SERVICE.label() + "|" + (visit.isTcp() ? "tcp" : "udp") + "/" + visit.devicePort() + "|"
                + visit.network();
    }

    /** Who sees a connection from its middle may take the server for the caller: its port tells otherwise. */
    private static boolean isReversed(Visit visit) {
        return visit.peerPort() < LEAST_DYNAMIC_PORT && visit.devicePort() >= LEAST_DYNAMIC_PORT;
    }

    private static boolean isAnswered(Visit visit) {
        if (visit.isUdp()) {
            return true;
        }
        boolean isRefused = visit.state() != null && UNANSWERED.contains(visit.state());
        // A reset alone is one packet; without a count of packets the bytes have to do.
        return visit.protocol() == TransportProtocol.TCP
                && !isRefused
                && (visit.packetsOut() == 0 || visit.packetsOut() >= ACCEPTED_PACKETS);
    }

    /** The finding after one more call. */
    static Suspicion after(@Nullable Suspicion before, Visit visit, String subject) {
        if (before == null) {
            return new Suspicion(
                    subject,
                    Finding.WHERE + ": answered at " + port(visit) + " of most devices of the site",
                    first(visit, subject));
        }
        Finding finding = before.finding()
                .draft()
                .evidence(visit.evidence())
                .between(visit.startMillis(), visit.endMillis())
                .more(1, visit.bytesOut(), visit.bytesIn())
                .end();
        return new Suspicion(subject, before.headline(), finding);
    }

    private static Finding first(Visit visit, String subject) {
        String day = Instant.ofEpochMilli(visit.startMillis())
                .atZone(ZoneOffset.UTC)
                .toLocalDate()
                .toString();
        boolean isOutside = !visit.isLocal();
        return Finding.of(
                        Kind.NEW_INBOUND_SERVICE,
                        visit.device(),
                        visit.device().key() + "|" + subject.substring(subject.indexOf('|') + 1) + "|" + day)
                .severity(
                        isOutside ? Severity.HIGH : Severity.MEDIUM,
                        isOutside
                                ? "Somebody outside the network reaches the phone, and the phone answers."
                                : "A phone that answers others than its servers can be looked at, or operated, from there.")
                .headline(Finding.WHERE + ": answered at " + port(visit) + " by " + Finding.WHO)
                .facts(List.of("Called from " + visit.network() + " at " + port(visit) + "; " + visit.bytesOut()
                        + " bytes were answered."))
                .evidence(visit.evidence())
                .between(visit.startMillis(), visit.endMillis())
                .more(1, visit.bytesOut(), visit.bytesIn())
                .destination(visit.destination())
                .end();
    }

    private static String port(Visit visit) {
        return (visit.isTcp() ? "TCP" : "UDP") + " port " + visit.devicePort();
    }
}
