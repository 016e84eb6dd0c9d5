package observatory.geo.party;

import java.time.LocalDate;
import java.util.List;
import observatory.geo.catalogue.Provenance;
import org.jspecify.annotations.Nullable;

/**
 * Who runs services.
 *
 * @param id key in the catalogue
 * @param name for people
 * @param jurisdictions whose law reaches it, sorted ISO codes; empty when nobody's can be named
 * @param why in one sentence
 * @param from first day of what is said of its jurisdictions; null when it was always so as far as is known
 * @param until last day of it; null when no end is known
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
        @Nullable LocalDate from,
        @Nullable LocalDate until,
        String maker,
        Party.Role role,
        Provenance provenance) {
    public Operator {
        jurisdictions = jurisdictions.stream().sorted().toList();
    }

    /** Why its jurisdictions are what they are, and for which days that holds. */
    public String reason() {
        return why + (from == null ? "" : "; from " + from) + (until == null ? "" : "; until " + until);
    }

    /** Whether what is said of its jurisdictions no longer holds. */
    public boolean isOver(LocalDate day) {
        return until != null && day.isAfter(until);
    }
}
