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
 * @param maker the maker of phones it is, the same word as a device's maker; empty when it makes none
 * @param role what it is to phones of other makers: {@link Party.Role#PROVIDER}, {@link Party.Role#SUPPORT} or
 *     {@link Party.Role#THIRD}
 * @param provenance who says so
 */
public record Operator(
        String id,
        String name,
        List<String> jurisdictions,
        String why,
        String maker,
        Party.Role role,
        Provenance provenance) {
    public Operator {
        jurisdictions = jurisdictions.stream().sorted().toList();
    }
}
