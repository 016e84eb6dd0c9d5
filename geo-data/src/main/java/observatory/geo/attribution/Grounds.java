package observatory.geo.attribution;

import java.util.ArrayList;
import java.util.List;
import observatory.geo.address.IpAddress;
import observatory.geo.attribution.Attribution.Evidence;
import observatory.geo.attribution.StandardAttributor.Knowledge;
import observatory.geo.catalogue.Reason;
import observatory.geo.name.DomainName;
import observatory.geo.party.Cloud;
import observatory.geo.party.NetworkTable;
import observatory.geo.party.Operator;
import observatory.geo.party.Party;
import observatory.geo.party.Service;
import observatory.geo.party.ServiceMatch;
import observatory.geo.place.Places;
import org.jspecify.annotations.Nullable;

/** Why an attribution is what it is, in sentences. Writing them takes longer than attributing, so it is done when asked. */
final class Grounds {
    private final Knowledge knowledge;

    Grounds(Knowledge knowledge) {
        this.knowledge = knowledge;
    }

    /**
     * The reasons for every part, in fixed order.
     *
     * @param found what was found
     * @param name the name that was taken
     * @param given the name that was given
     * @param place where it answers, with its reasons
     */
    List<Evidence> of(Found found, DestinationName name, DestinationName given, Places.Answer place) {
        List<Evidence> evidence = new ArrayList<>();
        nameEvidence(name, given, evidence);
        evidence.add(serviceEvidence(found.match()));
        partyEvidence(found, evidence);
        networkEvidence(found.address(), found.row(), found.cloud(), evidence);
        place.reasons().forEach(reason -> evidence.add(evidence("place", reason)));
        jurisdictionEvidence(found.operator(), found.cloud(), evidence);
        return evidence;
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

    private void partyEvidence(Found found, List<Evidence> evidence) {
        ServiceMatch match = found.match();
        Cloud hired = found.hiredFrom(knowledge.clouds());
        DomainName name = found.name();
        if (match != null) {
            Operator operator = found.operator();
            Party party = found.party(knowledge.clouds());
            evidence.add(new Evidence(
                    "party",
                    (party.maker().isEmpty() ? "" : "first party to phones of " + party.maker() + ", to others ")
                            + words(party.others()),
                    operator == null
                            ? match.entry().provenance().toString()
                            : operator.provenance().toString()));
        } else if (hired != null) {
            evidence.add(new Evidence(
                    "party",
                    words(hired.role()) + ": " + (name == null ? "the address" : "the name") + " is one of "
                            + hired.name() + "; for whom it answers is not known",
                    "clouds.yaml (reviewed " + hired.provenance().date() + ")"));
        } else if (found.address().isGlobal()) {
            evidence.add(new Evidence(
                    "party",
                    name == null
                            ? "not known whose: neither name nor range leads to anybody in the catalogue"
                            : "third party: the name is of neither maker, provider nor hired infrastructure in the"
                                    + " catalogue",
                    "services.yaml, operators.yaml, clouds.yaml"));
        }
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
                    "operator " + operator.name() + ": " + codes(operator.jurisdictions()) + "; " + operator.reason(),
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
