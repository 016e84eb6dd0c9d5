package observatory.jobs.finding.policy;

import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import observatory.geo.party.Service.Purpose;
import observatory.geo.place.Place;
import observatory.jobs.rollup.Destination;

/**
 * A set of destinations: those that match every list that is not empty. Whether one does may be undecided.
 *
 * @param countries ISO 3166-1 alpha-2 codes of where it answers
 * @param jurisdictions codes of those whose law reaches operator or host
 * @param operators operators as the catalogue names them
 * @param services {@code Yealink} or {@code Yealink/RPS}
 * @param purposes purposes as documents name them: {@code firmware}
 */
public record Destinations(
        List<String> countries,
        List<String> jurisdictions,
        List<String> operators,
        List<String> services,
        List<String> purposes)
        implements Serializable {
    /** All of them. */
    public static final Destinations ALL = new Destinations(List.of(), List.of(), List.of(), List.of(), List.of());

    public Destinations {
        countries = upper(countries);
        jurisdictions = upper(jurisdictions);
        operators = lower(operators);
        services = lower(services);
        purposes = lower(purposes);
    }

    /** Whether nothing is named, so that all are included. */
    public boolean isAll() {
        return equals(ALL);
    }

    /** Whether a destination is one of these; of several jurisdictions all have to be named. */
    Answer includeAll(Destination to) {
        return include(to, jurisdictionsWithin(to));
    }

    /** Whether a destination is one of these; of several jurisdictions one is enough. */
    Answer includeAny(Destination to) {
        return include(to, oneJurisdictionWithin(to));
    }

    private Answer include(Destination to, Answer byJurisdiction) {
        return byCountry(to)
                .and(byJurisdiction)
                .and(byOperator(to))
                .and(byService(to))
                .and(byPurpose(to));
    }

    /** A disputed place lies inside when all its candidates do, outside when none does. */
    private Answer byCountry(Destination to) {
        if (countries.isEmpty()) {
            return Answer.YES;
        }
        boolean isPlaced = to.placeState() == Place.State.AGREED || to.placeState() == Place.State.DISPUTED;
        if (!isPlaced || to.countries().isEmpty()) {
            return Answer.UNDECIDED;
        }
        if (countries.containsAll(to.countries())) {
            return Answer.YES;
        }
        return to.countries().stream().anyMatch(countries::contains) ? Answer.UNDECIDED : Answer.NO;
    }

    private Answer jurisdictionsWithin(Destination to) {
        if (jurisdictions.isEmpty()) {
            return Answer.YES;
        }
        if (!reaching(to).allMatch(jurisdictions::contains)) {
            return Answer.NO;
        }
        return isHalfKnown(to) ? Answer.UNDECIDED : Answer.YES;
    }

    private Answer oneJurisdictionWithin(Destination to) {
        if (jurisdictions.isEmpty() || reaching(to).anyMatch(jurisdictions::contains)) {
            return Answer.YES;
        }
        return isHalfKnown(to) ? Answer.UNDECIDED : Answer.NO;
    }

    private static Stream<String> reaching(Destination to) {
        return Stream.concat(to.operatorJurisdictions().stream(), to.hostJurisdictions().stream());
    }

    /** As long as operator or host is unknown, another law may reach it. */
    private static boolean isHalfKnown(Destination to) {
        return to.operatorJurisdictions().isEmpty() || to.hostJurisdictions().isEmpty();
    }

    private Answer byOperator(Destination to) {
        if (operators.isEmpty()) {
            return Answer.YES;
        }
        String operator = to.service().operator().toLowerCase(Locale.ROOT);
        return operator.isEmpty() ? Answer.UNDECIDED : Answer.of(operators.contains(operator));
    }

    /** A name that the catalogue does not know is none of the services that it does know; no name may be any. */
    private Answer byService(Destination to) {
        if (services.isEmpty()) {
            return Answer.YES;
        }
        String vendor = to.service().vendor().toLowerCase(Locale.ROOT);
        if (vendor.equals("unknown")) {
            return to.registrableDomain() == null ? Answer.UNDECIDED : Answer.NO;
        }
        String service = to.service().key().toLowerCase(Locale.ROOT);
        return Answer.of(services.contains(vendor) || services.contains(service));
    }

    private Answer byPurpose(Destination to) {
        if (purposes.isEmpty()) {
            return Answer.YES;
        }
        return to.service().purpose() == Purpose.UNKNOWN
                ? Answer.UNDECIDED
                : Answer.of(purposes.contains(to.service().purpose().label()));
    }

    /** In words: {@code countries CH, DE; purposes firmware}. */
    @Override
    public String toString() {
        return Stream.of(
                        part("countries", countries),
                        part("jurisdictions", jurisdictions),
                        part("operators", operators),
                        part("services", services),
                        part("purposes", purposes))
                .filter(part -> !part.isEmpty())
                .reduce((one, other) -> one + "; " + other)
                .orElse("all destinations");
    }

    private static String part(String name, List<String> values) {
        return values.isEmpty() ? "" : name + " " + String.join(", ", values);
    }

    private static List<String> upper(List<String> words) {
        return words.stream().map(word -> word.toUpperCase(Locale.ROOT)).toList();
    }

    private static List<String> lower(List<String> words) {
        return words.stream().map(word -> word.toLowerCase(Locale.ROOT)).toList();
    }
}
