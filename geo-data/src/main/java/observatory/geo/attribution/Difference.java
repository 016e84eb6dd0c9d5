package observatory.geo.attribution;

import java.util.ArrayList;
import java.util.List;
import observatory.geo.party.Network;
import observatory.geo.party.Service;
import observatory.geo.place.Place;

/**
 * One answer that is another by other data.
 *
 * @param part {@code endpoint}, {@code service}, {@code party}, {@code network}, {@code place}, {@code jurisdiction}
 * @param before the answer by the one, in words
 * @param after the answer by the other
 */
public record Difference(String part, String before, String after) {

    /** What is different between two attributions of one destination, in fixed order; grades and sources do not count. */
    public static List<Difference> between(Attribution before, Attribution after) {
        List<Difference> found = new ArrayList<>();
        add(found, "endpoint", before.endpoint(), after.endpoint());
        add(found, "service", words(before.service()), words(after.service()));
        add(
                found,
                "party",
                before.party().maker() + "/" + before.party().others().label(),
                after.party().maker() + "/" + after.party().others().label());
        add(found, "network", words(before.network()), words(after.network()));
        add(found, "place", words(before.place()), words(after.place()));
        add(found, "jurisdiction", jurisdictions(before), jurisdictions(after));
        return found;
    }

    private static void add(List<Difference> found, String part, String before, String after) {
        if (!before.equals(after)) {
            found.add(new Difference(part, before, after));
        }
    }

    private static String words(Service service) {
        return service.equals(Service.UNKNOWN)
                ? "not in the catalogue"
                : service.key() + " (" + service.purpose().label() + ", "
                        + (service.operator().isEmpty() ? "nobody named" : service.operator()) + ")";
    }

    private static String words(Network network) {
        return network.asn() == 0
                ? "unknown"
                : "AS" + network.asn() + " " + network.organisation()
                        + (network.cloud().isEmpty() ? "" : ", " + network.cloud());
    }

    private static String words(Place place) {
        return place.state().label()
                + (place.countries().isEmpty() ? "" : " " + String.join("|", place.countries()))
                + (place.region() == null ? "" : " " + place.region());
    }

    private static String jurisdictions(Attribution attribution) {
        return "operator " + codes(attribution.operatorJurisdictions()) + ", host "
                + codes(attribution.hostJurisdictions());
    }

    private static String codes(List<String> codes) {
        return codes.isEmpty() ? "unknown" : String.join("|", codes);
    }
}
