package observatory.geo.attribution;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import observatory.geo.address.IpAddress;
import observatory.geo.address.IpPrefix;
import observatory.geo.attribution.Attribution.Evidence;
import observatory.geo.catalogue.Reason;
import observatory.geo.name.DomainName;
import observatory.geo.party.AnonymousTable;
import observatory.geo.party.Cloud;
import observatory.geo.party.Clouds;
import observatory.geo.party.Network;
import observatory.geo.party.NetworkTable;
import observatory.geo.party.Operator;
import observatory.geo.party.Party;
import observatory.geo.party.Service;
import observatory.geo.party.ServiceCatalogue;
import observatory.geo.party.ServiceMatch;
import observatory.geo.place.CountryTable;
import observatory.geo.place.Places;
import org.jspecify.annotations.Nullable;

/**
 * The attribution of everything that one snapshot knows. Pure, and safe to share between threads; answers are kept in a cache
 * of fixed size, because the same few destinations make up most flows.
 */
public final class StandardAttributor implements Attributor {
    /** Answers kept; each holds its evidence and takes one to two kilobytes. */
    private static final int CACHED_ANSWERS = 1 << 14;

    private static final int CACHED_NAMES = 1 << 13;

    private final Knowledge knowledge;
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
    }

    @Override
    public String snapshot() {
        return knowledge.snapshot();
    }

    @Override
    public Attribution attribute(IpAddress address, DestinationName name, int port, int protocol) {
        int portClass = knowledge.services().portClass(protocol, port);
        Key key = new Key(
                address.high(), address.low(), name.name(), name.target(), name.source(), name.state(), portClass);
        Attribution answer = answers.get(key);
        if (answer == null) {
            answer = workOut(address, name, port, protocol);
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

    private Attribution workOut(IpAddress seen, DestinationName given, int port, int protocol) {
        IpAddress address = seen.translated();
        Named named = named(given.name());
        DomainName target = named(given.target()).name();
        NetworkTable.Row row = knowledge.networks().find(address);
        long asn = row == null ? 0 : row.asn();
        Cloud cloud = knowledge.clouds().find(asn);
        ServiceMatch match = knowledge.services().find(named.name(), target, address, asn, port, protocol);
        Places.Answer place = knowledge
                .places()
                .find(new Places.Question(
                        address,
                        named.name(),
                        target,
                        asn,
                        cloud == null ? "" : cloud.id(),
                        cloud != null && cloud.disputed()));
        DestinationName name = named.name() != null ? given : unnamed(match);
        Operator operator = match == null ? null : match.entry().operator();

        List<Evidence> evidence = new ArrayList<>();
        nameEvidence(name, given, evidence);
        evidence.add(serviceEvidence(match));
        Party party = party(address, named.name(), match, cloud, evidence);
        networkEvidence(address, row, cloud, evidence);
        place.reasons().forEach(reason -> evidence.add(evidence("place", reason)));
        jurisdictionEvidence(operator, cloud, evidence);
        return new Attribution(
                endpoint(address, named, row),
                named.registrable(),
                name,
                match == null ? Service.UNKNOWN : match.entry().service(),
                party,
                network(row, cloud),
                place.place(),
                operator == null ? List.of() : operator.jurisdictions(),
                cloud == null ? List.of() : cloud.jurisdictions(),
                evidence,
                knowledge.snapshot());
    }

    private Named named(@Nullable String text) {
        if (text == null) {
            return new Named(null, null);
        }
        Named known = names.get(text);
        if (known == null) {
            DomainName name = DomainName.parse(text);
            known = new Named(
                    name, name == null ? null : name.registrableDomain().orElse(null));
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

    private static void nameEvidence(DestinationName name, DestinationName given, List<Evidence> evidence) {
        String text = name.name();
        String statement = switch (name.source()) {
            case SNI -> "the flow itself announced " + text + " (TLS server name or HTTP host)";
            case OWN_DNS -> "this device had been given the address for " + text + byState(name.state());
            case SITE_DNS ->
                "another device of the site had been given the address for " + text + byState(name.state());
            case RANGE -> "no name is known; the address lies in a range of a service in the catalogue";
            case NONE -> "no name is known for the address";
        };
        String source = switch (name.source()) {
            case SNI -> "flow or TLS log";
            case OWN_DNS, SITE_DNS -> "DNS log";
            case RANGE -> "services.yaml";
            case NONE -> "flow, TLS and DNS logs";
        };
        evidence.add(new Evidence("name", statement, source));
        if (name.target() != null) {
            evidence.add(new Evidence("name", text + " leads to " + name.target() + " (CNAME)", source));
        }
        if (given.name() != null && text == null) {
            evidence.add(new Evidence("name", "what the log gives as a name is not a domain name", source));
        }
    }

    private static String byState(NameState state) {
        return switch (state) {
            case FRESH -> "; the answer was valid when the flow started";
            case STALE -> "; the answer's time to live was over when the flow started";
            case SHARED -> "; other names were valid for it as well and are kept as candidates";
            case GUESSED -> "; that this device meant the same is a guess";
            case NONE -> "";
        };
    }

    private static Evidence serviceEvidence(@Nullable ServiceMatch match) {
        if (match == null) {
            return new Evidence("service", "the catalogue has no entry for this destination", "services.yaml");
        }
        String by = switch (match.kind()) {
            case NAME -> "the name is covered by " + match.pattern();
            case TARGET -> "the CNAME target is covered by " + match.pattern();
            case BLOCK -> "the address lies in " + match.pattern();
            case AS -> "the address lies in " + match.pattern();
        };
        Service service = match.entry().service();
        return new Evidence(
                "service",
                service.vendor() + " " + service.name() + " (" + match.entry().what() + "): " + by,
                match.entry().provenance().toString());
    }

    /** What the destination is to phones, and why. */
    private Party party(
            IpAddress address,
            @Nullable DomainName name,
            @Nullable ServiceMatch match,
            @Nullable Cloud cloud,
            List<Evidence> evidence) {
        if (match != null) {
            Operator operator = match.entry().operator();
            Party party = Party.of(match.entry().service(), operator);
            evidence.add(new Evidence(
                    "party",
                    (party.maker().isEmpty() ? "" : "first party to phones of " + party.maker() + ", to others ")
                            + words(party.others()),
                    operator == null
                            ? match.entry().provenance().toString()
                            : operator.provenance().toString()));
            return party;
        }
        Cloud hired = name == null ? cloud : knowledge.clouds().find(name);
        if (hired != null) {
            evidence.add(new Evidence(
                    "party",
                    words(hired.role()) + ": " + (name == null ? "the address" : "the name") + " is one of "
                            + hired.name() + "; for whom it answers is not known",
                    "clouds.yaml (reviewed " + hired.provenance().date() + ")"));
            return Party.of(hired.role());
        }
        if (!address.isGlobal()) {
            return Party.of(Party.Role.LOCAL);
        }
        evidence.add(new Evidence(
                "party",
                name == null
                        ? "not known whose: neither name nor range leads to anybody in the catalogue"
                        : "third party: the name is of neither maker, provider nor hired infrastructure in the catalogue",
                "services.yaml, operators.yaml, clouds.yaml"));
        return Party.of(name == null ? Party.Role.UNKNOWN : Party.Role.THIRD);
    }

    private static String words(Party.Role role) {
        return switch (role) {
            case FIRST -> "first party";
            case PROVIDER -> "telephony provider";
            case SUPPORT -> "infrastructure that anybody may hire or use";
            case THIRD -> "third party";
            case LOCAL -> "not on the Internet";
            case UNKNOWN -> "not known whose";
        };
    }

    private void networkEvidence(
            IpAddress address, NetworkTable.@Nullable Row row, @Nullable Cloud cloud, List<Evidence> evidence) {
        List<String> listed = knowledge.anonymous().find(address);
        if (!listed.isEmpty()) {
            String as = "the address is listed as " + String.join(", ", listed);
            evidence.add(new Evidence("network", as, knowledge.anonymousEdition()));
        }
        if (!address.isGlobal()) {
            evidence.add(new Evidence("network", "the address is not one of the Internet", "RFC 6890"));
            return;
        }
        if (row == null) {
            boolean installed = !knowledge.networkEdition().isEmpty();
            evidence.add(new Evidence(
                    "network",
                    installed ? "no AS announces the address" : "no table of networks is installed",
                    installed ? knowledge.networkEdition() : "observatory geo status"));
            return;
        }
        String organisation = row.organisation().isEmpty() ? "" : " (" + row.organisation() + ")";
        String of = cloud == null ? "" : ", a network of " + cloud.name();
        evidence.add(new Evidence(
                "network",
                "AS" + row.asn() + organisation + " announces " + row.range() + of,
                knowledge.networkEdition()));
        String country = knowledge.registrations().find(address);
        if (country != null) {
            evidence.add(new Evidence(
                    "network",
                    "the AS is registered in " + country + ", which says nothing about where the address answers",
                    knowledge.registrationEdition()));
        }
    }

    private static void jurisdictionEvidence(
            @Nullable Operator operator, @Nullable Cloud cloud, List<Evidence> evidence) {
        if (operator != null) {
            evidence.add(new Evidence(
                    "jurisdiction",
                    "operator " + operator.name() + ": " + codes(operator.jurisdictions()) + "; " + operator.why(),
                    operator.provenance().toString()));
        }
        if (cloud != null) {
            evidence.add(new Evidence(
                    "jurisdiction",
                    "host " + cloud.name() + ": " + codes(cloud.jurisdictions()),
                    "clouds.yaml (reviewed " + cloud.provenance().date() + ")"));
        }
    }

    private static String codes(List<String> jurisdictions) {
        return jurisdictions.isEmpty() ? "none can be named" : String.join(", ", jurisdictions);
    }

    private static Evidence evidence(String part, Reason reason) {
        return new Evidence(part, reason.statement(), reason.source());
    }
}
