package observatory.geo.party;

import java.util.List;
import observatory.geo.catalogue.Provenance;

/**
 * Whose networks these are.
 *
 * @param id short word for documents: {@code aws}
 * @param name for people
 * @param kind what the networks are for
 * @param jurisdictions whose law reaches the host, sorted ISO codes
 * @param disputed whether country databases are known to disagree on these networks
 * @param provenance who says so
 */
public record Cloud(
        String id, String name, Kind kind, List<String> jurisdictions, boolean disputed, Provenance provenance) {
    public Cloud {
        jurisdictions = jurisdictions.stream().sorted().toList();
    }

    /** What networks are for. */
    public enum Kind {
        CLOUD,
        CDN,
        CARRIER,
        VOICE
    }

    /** What its hosts are to a phone as long as nothing but the network is known of them. */
    public Party.Role role() {
        return switch (kind) {
            case CLOUD, CDN -> Party.Role.SUPPORT;
            case VOICE -> Party.Role.PROVIDER;
            case CARRIER -> Party.Role.UNKNOWN;
        };
    }
}
