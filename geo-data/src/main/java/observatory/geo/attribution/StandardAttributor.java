package observatory.geo.attribution;

import java.util.List;
import java.util.Objects;
import observatory.geo.address.IpAddress;
import observatory.geo.address.IpPrefix;
import observatory.geo.name.DomainName;
import observatory.geo.name.EndpointName;
import observatory.geo.party.AnonymousTable;
import observatory.geo.party.Cloud;
import observatory.geo.party.Clouds;
import observatory.geo.party.Network;
import observatory.geo.party.NetworkTable;
import observatory.geo.party.Operator;
import observatory.geo.party.Service;
import observatory.geo.party.ServiceCatalogue;
import observatory.geo.party.ServiceMatch;
import observatory.geo.place.CountryTable;
import observatory.geo.place.Place;
import observatory.geo.place.Places;
import org.jspecify.annotations.Nullable;

/**
 * The attribution of everything that one snapshot knows. Pure, and safe to share between threads; answers without evidence are
 * kept in a cache of fixed size, because the same destinations make up most flows.
 */
public final class StandardAttributor implements Attributor {
    /** Answers kept; each takes half a kilobyte. Phones of a large fleet reach some tens of thousands of addresses. */
    private static final int CACHED_ANSWERS = 1 << 16;

    private static final int CACHED_NAMES = 1 << 15;

    private final Knowledge knowledge;
    private final Grounds grounds;
    private final BoundedCache<Key, Attribution> answers = new BoundedCache<>(CACHED_ANSWERS);
    private final BoundedCache<String, Named> names = new BoundedCache<>(CACHED_NAMES);

    /**
     * What there is to know.
     *
     * @param snapshot digest of all of it
     * @param places where addresses answer
     * @param networks who announces addresses
     * @param networkEdition data set and edition behind {@code networks}; empty when none is installed
     * @param registrations where the AS of an address is registered
     * @param registrationEdition data set and edition behind {@code registrations}
     * @param anonymous which addresses hide who stands behind them
     * @param anonymousEdition data set and edition behind {@code anonymous}; empty when none is installed
     * @param clouds whose networks these are
     * @param services what destinations are known to be
     */
    public record Knowledge(
            String snapshot,
            Places places,
            NetworkTable networks,
            String networkEdition,
            CountryTable registrations,
            String registrationEdition,
            AnonymousTable anonymous,
            String anonymousEdition,
            Clouds clouds,
            ServiceCatalogue services) {}

    /** What an answer depends on; flat, because it is compared for every flow. */
    private record Key(
            long high,
            long low,
            @Nullable String name,
            @Nullable String target,
            NameSource source,
            NameState state,
            int portClass) {

        @Override
        public int hashCode() {
            long bits = high * 31 + low;
            int hash = (int) (bits ^ bits >>> 32) * 31 + portClass;
            hash = hash * 31 + (name == null ? 0 : name.hashCode());
            hash = hash * 31 + (target == null ? 0 : target.hashCode());
            return (hash * 31 + source.ordinal()) * 31 + state.ordinal();
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Key that
                    && low == that.low
                    && high == that.high
                    && portClass == that.portClass
                    && source == that.source
                    && state == that.state
                    && Objects.equals(name, that.name)
                    && Objects.equals(target, that.target);
        }
    }

    /** A name that was read once. */
    private record Named(
            @Nullable DomainName name, @Nullable String registrable) {}

    public StandardAttributor(Knowledge knowledge) {
        this.knowledge = knowledge;
        this.grounds = new Grounds(knowledge);
    }

    @Override
    public String snapshot() {
        return knowledge.snapshot();
    }

    @Override
    public Attribution attribute(IpAddress address, DestinationName name, int port, int protocol) {
        Found found = find(address, name, port, protocol);
        Places.Answer place = knowledge.places().find(found.question(knowledge.clouds()));
        Attribution answer = answer(found, name, place.place());
        return answer.and(grounds.of(found, answer.name(), name, place));
    }

    @Override
    public Attribution answer(IpAddress address, DestinationName name, int port, int protocol) {
        int portClass = knowledge.services().portClass(protocol, port);
        Key key = new Key(
                address.high(), address.low(), name.name(), name.target(), name.source(), name.state(), portClass);
        Attribution answer = answers.get(key);
        if (answer == null) {
            Found found = find(address, name, port, protocol);
            answer = answer(found, name, knowledge.places().place(found.question(knowledge.clouds())));
            answers.put(key, answer);
        }
        boolean sameName = name.name() == null
                || answer.name().name() == null
                || answer.name().equals(name);
        return sameName ? answer : renamed(answer, name);
    }

    /** The same answer for a name that differs in age or candidates only. */
    private static Attribution renamed(Attribution answer, DestinationName name) {
        return new Attribution(
                answer.endpoint(),
                answer.registrableDomain(),
                name,
                answer.service(),
                answer.party(),
                answer.network(),
                answer.place(),
                answer.operatorJurisdictions(),
                answer.hostJurisdictions(),
                answer.evidence(),
                answer.snapshot());
    }

    private Found find(IpAddress seen, DestinationName given, int port, int protocol) {
        IpAddress address = seen.translated();
        DomainName name = named(given.name()).name();
        DomainName target = named(given.target()).name();
        NetworkTable.Row row = knowledge.networks().find(address);
        long asn = row == null ? 0 : row.asn();
        return new Found(
                address,
                name,
                target,
                row,
                knowledge.clouds().find(asn),
                knowledge.services().find(name, target, address, asn, port, protocol));
    }

    private Attribution answer(Found found, DestinationName given, Place place) {
        Named named = named(given.name());
        ServiceMatch match = found.match();
        Operator operator = found.operator();
        Cloud cloud = found.cloud();
        return new Attribution(
                endpoint(found.address(), named, found.row()),
                named.registrable(),
                named.name() != null ? given : unnamed(match),
                match == null ? Service.UNKNOWN : match.entry().service(),
                found.party(knowledge.clouds()),
                network(found.row(), cloud),
                place,
                operator == null ? List.of() : operator.jurisdictions(),
                cloud == null ? List.of() : cloud.jurisdictions(),
                List.of(),
                knowledge.snapshot());
    }

    private Named named(@Nullable String text) {
        if (text == null) {
            return new Named(null, null);
        }
        Named known = names.get(text);
        if (known == null) {
            DomainName name = DomainName.parse(text);
            known = new Named(name, name == null ? null : EndpointName.of(name).orElse(null));
            names.put(text, known);
        }
        return known;
    }

    private static DestinationName unnamed(@Nullable ServiceMatch match) {
        return match != null && match.isByRange()
                ? new DestinationName(null, null, NameSource.RANGE, NameState.NONE, -1, List.of())
                : DestinationName.NONE;
    }

    private static String endpoint(IpAddress address, Named named, NetworkTable.@Nullable Row row) {
        if (named.name() != null) {
            return named.registrable() != null
                    ? named.registrable()
                    : named.name().text();
        }
        if (address.isMulticast()) {
            return "multicast " + address;
        }
        if (address.isPrivate() || address.isBroadcast()) {
            return "local";
        }
        if (row != null) {
            return "AS" + row.asn() + " " + row.range();
        }
        return "unannounced " + IpPrefix.around(address, address.isIpv4() ? 24 : 48);
    }

    private static Network network(NetworkTable.@Nullable Row row, @Nullable Cloud cloud) {
        return row == null
                ? Network.UNKNOWN
                : new Network(row.asn(), row.organisation(), row.range().toString(), cloud == null ? "" : cloud.id());
    }
}
