package observatory.geo.party;

import java.util.List;
import observatory.geo.catalogue.Provenance;

/**
 * Who runs services.
 *
 * @param id key in the catalogue
 * @param name for people
 * @param jurisdictions whose law reaches it, sorted ISO codes; empty when nobody's can be named
 * @param why in one sentence
 * @param provenance who says so
 */
public record Operator(String id, String name, List<String> jurisdictions, String why, Provenance provenance) {
    public Operator {
        jurisdictions = jurisdictions.stream().sorted().toList();
    }
}
