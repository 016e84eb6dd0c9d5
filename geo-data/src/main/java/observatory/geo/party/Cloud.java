package observatory.geo.party;

import java.util.List;
import observatory.geo.catalogue.Provenance;

/**
 * Whose networks these are.
 *
 * @param id short word for documents: {@code aws}
 * @param name for people
 * @param jurisdictions whose law reaches the host, sorted ISO codes
 * @param disputed whether country databases are known to disagree on these networks
 * @param provenance who says so
 */
public record Cloud(String id, String name, List<String> jurisdictions, boolean disputed, Provenance provenance) {
    public Cloud {
        jurisdictions = jurisdictions.stream().sorted().toList();
    }
}
