package observatory.jobs.rollup;

import java.util.List;
import observatory.geo.attribution.Attribution;
import observatory.geo.party.Network;
import observatory.geo.party.Party;
import observatory.geo.party.Service;
import observatory.geo.place.Place;
import org.jspecify.annotations.Nullable;

/**
 * An {@link Attribution} without what differs from flow to flow: the part that rollups, endpoints and findings share.
 *
 * @param endpoint see {@link Attribution#endpoint}
 * @param registrableDomain see {@link Attribution#registrableDomain}
 * @param service what the catalogue knows it to be
 * @param party what it is to a phone, once the phone's maker is known
 * @param asn number of the host network; 0 when unknown
 * @param organisation name of the host network
 * @param cloud cloud provider, empty when none
 * @param region region in the provider's words; null when none
 * @param placeState whether a country may be named
 * @param countries see {@link Place#countries}
 * @param step the step that decided the place
 * @param operatorJurisdictions whose law reaches the operator
 * @param hostJurisdictions whose law reaches the host network
 * @param snapshot digest of the data used
 */
public record Destination(
        String endpoint,
        @Nullable String registrableDomain,
        Service service,
        Party party,
        long asn,
        String organisation,
        String cloud,
        @Nullable String region,
        Place.State placeState,
        List<String> countries,
        Place.Step step,
        List<String> operatorJurisdictions,
        List<String> hostJurisdictions,
        String snapshot) {

    public Destination {
        countries = List.copyOf(countries);
        operatorJurisdictions = List.copyOf(operatorJurisdictions);
        hostJurisdictions = List.copyOf(hostJurisdictions);
    }

    /** The shared part of an attribution. */
    public static Destination of(Attribution attribution) {
        Network network = attribution.network();
        Place place = attribution.place();
        return new Destination(
                attribution.endpoint(),
                attribution.registrableDomain(),
                attribution.service(),
                attribution.party(),
                network.asn(),
                network.organisation(),
                network.cloud(),
                place.region(),
                place.state(),
                place.countries(),
                place.step(),
                attribution.operatorJurisdictions(),
                attribution.hostJurisdictions(),
                attribution.snapshot());
    }

    /** Place as one word: {@code agreed:DE}, {@code disputed:CN+DE+US}, {@code anycast:}. */
    public String placeKey() {
        return placeState.label() + ":" + String.join("+", countries);
    }

    /** Destinations with equal keys are equal but for the digest of the data. */
    public String key() {
        return endpoint + "|" + service.key() + "|" + asn + "|" + (region == null ? "" : region) + "|" + placeKey()
                + "|" + step.label();
    }
}
