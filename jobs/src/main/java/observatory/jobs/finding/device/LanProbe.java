package observatory.jobs.finding.device;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import observatory.jobs.finding.Finding;
import observatory.jobs.finding.Finding.Kind;
import observatory.jobs.finding.Finding.Severity;
import org.jspecify.annotations.Nullable;

/**
 * When a device that contacts internal hosts is probing: pure rules. A desk phone has a handful of internal peers (its
 * PBX, its resolver, a provisioning server); many within minutes are a probe.
 *
 * @param peers internal {@code address:port} contacted of late, with the time of the latest contact; at most
 *     {@link #PEER_LIMIT}
 * @param probe the probe that is going on; null when none is
 * @param widest most peers within the window that were told of it
 */
public record LanProbe(Map<String, Long> peers, @Nullable Finding probe, int widest) {
    /** Peers are counted within this much time. */
    static final long WINDOW_MILLIS = 600_000;
    /** This many internal hosts within the window are a probe. */
    static final int HOSTS = 12;
    /** This many internal ports of whatever hosts are one too. */
    static final int SERVICES = 25;
    /** A probe that pauses longer than this has ended; the next one is another finding. */
    static final long PAUSE_MILLIS = 3_600_000;
    /** More peers are not told apart: a scan of a /16 must not fill the state. */
    static final int PEER_LIMIT = 1_024;

    /** A device of which nothing is known. */
    static final LanProbe QUIET = new LanProbe(Map.of(), null, 0);

    /** Whether a flow counts: an internal contact that is neither DNS nor a call between two phones. */
    static boolean counts(Visit visit) {
        boolean isDns = visit.peerPort() == 53 || visit.peerPort() == 853;
        return visit.isOutward() && visit.peer().isPrivate() && !isDns && !visit.isTalk();
    }

    /** Whether nothing of it is still going on at a time. */
    boolean isOver(long nowMillis) {
        return peers.values().stream().allMatch(time -> nowMillis - time > WINDOW_MILLIS)
                && (probe == null || nowMillis - probe.lastMillis() > PAUSE_MILLIS);
    }

    /** After one more internal contact. */
    LanProbe after(Visit contact) {
        long now = contact.startMillis();
        Map<String, Long> recent = new TreeMap<>();
        peers.forEach((peer, time) -> {
            if (now - time <= WINDOW_MILLIS) {
                recent.put(peer, time);
            }
        });
        if (recent.size() < PEER_LIMIT) {
            recent.put(contact.peer() + " " + contact.peerPort(), now);
        }
        boolean goesOn = probe != null && now - probe.lastMillis() <= PAUSE_MILLIS;
        Finding before = goesOn ? probe : null;
        int told = before == null ? 0 : widest;
        if (!isProbe(recent)) {
            return new LanProbe(recent, before, told);
        }
        Finding after = before == null ? begun(contact, recent) : more(before, contact, recent, told);
        return new LanProbe(recent, after, Math.max(told, recent.size()));
    }

    private static boolean isProbe(Map<String, Long> recent) {
        return recent.size() >= SERVICES || hosts(recent) >= HOSTS;
    }

    private static int hosts(Map<String, Long> recent) {
        Set<String> hosts = new HashSet<>();
        recent.keySet().forEach(peer -> hosts.add(peer.substring(0, peer.indexOf(' '))));
        return hosts.size();
    }

    private static Finding begun(Visit contact, Map<String, Long> recent) {
        long first = recent.values().stream().mapToLong(Long::longValue).min().orElse(contact.startMillis());
        return Finding.of(Kind.LAN_PROBE, contact.device(), contact.device().key() + "|" + first)
                .severity(Severity.HIGH, "A desk phone has no reason to contact many internal hosts or ports.")
                .headline(Finding.WHO + " contacts many internal hosts or ports")
                .facts(facts(recent))
                .evidence(contact.evidence())
                .between(first, contact.endMillis())
                .more(recent.size(), contact.bytesOut(), contact.bytesIn())
                .end();
    }

    private static Finding more(Finding probe, Visit contact, Map<String, Long> recent, int told) {
        return probe.draft()
                .facts(recent.size() > told ? facts(recent) : probe.facts())
                .evidence(contact.evidence())
                .between(probe.firstMillis(), contact.endMillis())
                .more(1, contact.bytesOut(), contact.bytesIn())
                .end();
    }

    private static List<String> facts(Map<String, Long> recent) {
        return List.of(hosts(recent) + " internal hosts and " + recent.size() + " host and port pairs within "
                + WINDOW_MILLIS / 60_000 + " minutes.");
    }
}
