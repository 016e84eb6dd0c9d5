package observatory.jobs.finding.novelty;

import java.util.ArrayList;
import java.util.List;
import observatory.geo.party.Service.Purpose;
import observatory.geo.place.Place;
import observatory.jobs.finding.Finding;
import observatory.jobs.rollup.Destination;

/**
 * What can be new: an endpoint, or a party behind it.
 *
 * @param kind what it is
 * @param id which one: {@code example.com}, {@code aws}, {@code DE}, {@code Yealink}
 */
public record Subject(Kind kind, String id) {

    /** What can be new. */
    public enum Kind {
        ENDPOINT(Finding.Kind.NEW_ENDPOINT, "endpoint"),
        /** Addresses without a name that one provider exchanges for one another: a content network, a cloud's region. */
        POOL(Finding.Kind.NEW_ENDPOINT, "pool"),
        CLOUD(Finding.Kind.NEW_CLOUD, "cloud provider"),
        COUNTRY(Finding.Kind.NEW_COUNTRY, "country"),
        OPERATOR(Finding.Kind.NEW_OPERATOR, "operator");

        private final Finding.Kind finding;
        private final String words;

        Kind(Finding.Kind finding, String words) {
            this.finding = finding;
            this.words = words;
        }

        /** The finding that its news makes. */
        Finding.Kind finding() {
            return finding;
        }

        /** In words. */
        String words() {
            return words;
        }
    }

    /** The endpoint of a destination. */
    static Subject endpoint(Destination to) {
        return new Subject(Kind.ENDPOINT, to.endpoint());
    }

    /**
     * What stands behind the endpoint of a destination. A country is named only where the sources agree on one. Members of
     * a pool of time servers are volunteers anywhere: they make neither cloud nor country.
     *
     * @param isClock whether the contact was about the time of day, by its port
     */
    static List<Subject> behind(Destination to, boolean isClock) {
        List<Subject> subjects = new ArrayList<>(3);
        if (to.placeState() == Place.State.LOCAL || isClock || to.service().purpose() == Purpose.TIME) {
            return subjects;
        }
        if (isPooled(to)) {
            subjects.add(new Subject(Kind.POOL, "AS" + to.asn() + (to.region() == null ? "" : " " + to.region())));
        }
        if (!to.cloud().isEmpty()) {
            subjects.add(new Subject(Kind.CLOUD, to.cloud()));
        }
        if (to.placeState() == Place.State.AGREED && to.countries().size() == 1) {
            subjects.add(new Subject(Kind.COUNTRY, to.countries().getFirst()));
        }
        if (!to.service().operator().isEmpty()) {
            subjects.add(new Subject(Kind.OPERATOR, to.service().operator()));
        }
        return subjects;
    }

    /**
     * Whether a destination without a name belongs to a pool. Its prefix says little there: which of its prefixes answers is
     * the provider's affair, and changes.
     */
    public static boolean isPooled(Destination to) {
        return to.registrableDomain() == null
                && to.asn() != 0
                && (to.placeState() == Place.State.ANYCAST || (!to.cloud().isEmpty() && to.region() != null));
    }

    /** Key of its state. */
    public String key() {
        return kind.name() + "|" + id;
    }
}
