package observatory.geo.attribution;

import java.util.ArrayList;
import java.util.List;
import observatory.geo.party.Network;
import observatory.geo.party.Party;
import observatory.geo.party.Service;
import observatory.geo.place.Place;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of a destination. Operator, host network, place and jurisdiction are four answers to four
 * questions and never one "country".
 *
 * @param endpoint what devices are said to talk to: the registrable domain; without a name {@code AS<number> <prefix>};
 *     for addresses that are not on the Internet {@code local}; never a bare address, since clouds rotate them
 * @param registrableDomain registrable domain of the name (Public Suffix List; see {@link observatory.geo.name.EndpointName}
 *     for names that phones registered); null without a name
 * @param name the name and how far it can be trusted
 * @param service what the catalogue knows the destination to be
 * @param party what it is to a phone, once the phone's maker is known
 * @param network whose network carries it
 * @param place where it answers
 * @param operatorJurisdictions ISO codes of those whose law reaches the service's operator, sorted
 * @param hostJurisdictions likewise for the host network
 * @param evidence why, one sentence per part, in fixed order; empty where it was not asked for
 * @param snapshot digest of the data that was used
 */
public record Attribution(
        String endpoint,
        @Nullable String registrableDomain,
        DestinationName name,
        Service service,
        Party party,
        Network network,
        Place place,
        List<String> operatorJurisdictions,
        List<String> hostJurisdictions,
        List<Evidence> evidence,
        String snapshot) {
    public Attribution {
        operatorJurisdictions = List.copyOf(operatorJurisdictions);
        hostJurisdictions = List.copyOf(hostJurisdictions);
        evidence = List.copyOf(evidence);
    }

    /** The same with more reasons behind those it has. */
    public Attribution and(List<Evidence> more) {
        List<Evidence> all = new ArrayList<>(evidence);
        all.addAll(more);
        return new Attribution(
                endpoint,
                registrableDomain,
                name,
                service,
                party,
                network,
                place,
                operatorJurisdictions,
                hostJurisdictions,
                all,
                snapshot);
    }

    /**
     * One reason.
     *
     * @param part {@code name}, {@code service}, {@code party}, {@code network}, {@code place},
     *     {@code jurisdiction}, {@code law}
     * @param statement what is concluded from what, in words an auditor understands
     * @param source data set, catalogue entry or log that says so, with its edition
     */
    public record Evidence(String part, String statement, String source) {}
}
