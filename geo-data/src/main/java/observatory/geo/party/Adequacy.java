package observatory.geo.party;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import observatory.geo.catalogue.CatalogueFile;
import observatory.geo.catalogue.Entry;
import observatory.geo.catalogue.Provenance;
import observatory.geo.catalogue.Reason;
import org.jspecify.annotations.Nullable;

/**
 * Where the GDPR lets personal data go without more ado, and since when: {@code adequacy.yaml}. It tells what the law says of
 * a country; whether a flow is a transfer at all is for people to say.
 */
public final class Adequacy {
    private final List<Decision> decisions;

    private Adequacy(List<Decision> decisions) {
        this.decisions = List.copyOf(decisions);
    }

    /**
     * One line of the table.
     *
     * @param countries ISO codes
     * @param inArea whether they are within the European Economic Area, so that nothing is transferred
     * @param scope for which recipients alone it holds; empty for all
     * @param decision number of the decision; empty within the area
     * @param from first day
     * @param until last day; null when none is set
     * @param provenance who says so
     */
    private record Decision(
            List<String> countries,
            boolean inArea,
            String scope,
            String decision,
            LocalDate from,
            @Nullable LocalDate until,
            Provenance provenance) {

        boolean holds(String country, LocalDate day) {
            return countries.contains(country) && !day.isBefore(from) && (until == null || !day.isAfter(until));
        }

        Reason reason(String country) {
            String words = inArea
                    ? ": within the European Economic Area; what stays there is no transfer under GDPR chapter V, access from"
                            + " elsewhere may be one"
                    : ": found adequate by decision " + decision + (scope.isEmpty() ? "" : ", for " + scope + " alone")
                            + (until == null ? "" : ", until " + until);
            return new Reason(country + words, provenance.toString());
        }
    }

    /** Reads and checks the file. */
    public static Adequacy read(CatalogueFile file) {
        file.root().allow("area", "decisions");
        List<Decision> decisions = new ArrayList<>();
        for (Entry entry : file.entries("area")) {
            entry.allow("countries", "from", "until", "grade", "source", "date");
            decisions.add(new Decision(
                    entry.countries("countries"), true, "", "", entry.date("from"), until(entry), entry.provenance()));
        }
        for (Entry entry : file.entries("decisions")) {
            entry.allow("country", "name", "scope", "decision", "from", "until", "grade", "source", "date");
            decisions.add(new Decision(
                    List.of(entry.country("country")),
                    false,
                    entry.text("scope"),
                    entry.filled("decision"),
                    entry.date("from"),
                    until(entry),
                    entry.provenance()));
        }
        return new Adequacy(decisions);
    }

    /**
     * What the law says of countries on a day, one reason each, sorted by country.
     *
     * @param countries ISO codes
     */
    public List<Reason> reasons(Iterable<String> countries, LocalDate day) {
        TreeSet<String> sorted = new TreeSet<>();
        countries.forEach(sorted::add);
        List<Reason> reasons = new ArrayList<>();
        for (String country : sorted) {
            reasons.add(decisions.stream()
                    .filter(decision -> decision.holds(country, day))
                    .findFirst()
                    .map(decision -> decision.reason(country))
                    .orElseGet(() -> new Reason(
                            country + ": no adequacy decision is known; a transfer needs safeguards or a derogation"
                                    + " (GDPR Art. 46, 49)",
                            "adequacy.yaml, for " + day)));
        }
        return reasons;
    }

    private static @Nullable LocalDate until(Entry entry) {
        return entry.text("until").isEmpty() ? null : entry.date("until");
    }
}
