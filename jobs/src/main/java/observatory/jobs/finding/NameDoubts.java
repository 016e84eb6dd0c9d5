package observatory.jobs.finding;

import java.util.ArrayList;
import java.util.List;
import observatory.geo.attribution.NameState;
import observatory.jobs.rollup.Naming;
import observatory.jobs.rollup.Rollup;

/** What would have been needed to be sure of the name of a destination, and so of whoever stands behind it. */
public final class NameDoubts {
    private NameDoubts() {}

    /** In sentences; none when a flow announced the name, or the one answer to the device itself was valid. */
    public static List<String> of(Rollup contact) {
        Naming naming = contact.naming();
        List<String> doubts = new ArrayList<>();
        if (contact.destination().registrableDomain() == null) {
            doubts.addAll(of(NameState.NONE));
        }
        if (naming.fresh().flows() > 0) {
            return doubts;
        }
        if (naming.siteDns().flows() > 0) {
            doubts.addAll(of(NameState.GUESSED));
        }
        if (naming.stale().flows() > 0) {
            doubts.addAll(of(NameState.STALE));
        }
        if (naming.shared().flows() > 0) {
            doubts.addAll(of(NameState.SHARED));
        }
        return doubts;
    }

    /** Of one flow: one sentence, or none when its name is sure. */
    public static List<String> of(NameState state) {
        return switch (state) {
            case FRESH -> List.of();
            case GUESSED -> List.of("A DNS answer to the device itself: the name is guessed by what others were told.");
            case STALE -> List.of("A DNS answer that was still valid: the name is that of an older one.");
            case SHARED -> List.of("A single name: several were valid for the address, and this is one of them.");
            case NONE -> List.of("No name: neither TLS nor the device's own DNS answers named the destination.");
        };
    }
}
