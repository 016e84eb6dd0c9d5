package observatory.dashboards.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import observatory.geo.attribution.Attribution;
import observatory.geo.attribution.DestinationName;
import observatory.geo.party.Network;
import observatory.geo.party.Service;
import observatory.geo.place.Place;

/** The attribution of a destination that somebody asked about, as a person reads it: the answers first, then why. */
final class AttributionText {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String BY_ADDRESS = "depends on the address; give one with --address";
    private static final String LINE = "%-16s%s";

    private AttributionText() {}

    /**
     * The lines to print, without line ends.
     *
     * @param hasAddress whether an address was given; what only an address can tell is else not said to be unknown
     */
    static List<String> lines(Attribution attribution, boolean hasAddress) {
        List<String> lines = new ArrayList<>();
        lines.add(line("Endpoint", attribution.endpoint()));
        lines.add(line("Name", name(attribution.name())));
        lines.add(line("Service", service(attribution.service())));
        lines.add(line("Host network", hasAddress ? network(attribution.network()) : BY_ADDRESS));
        lines.add(line("Place", isOpen(attribution.place(), hasAddress) ? BY_ADDRESS : place(attribution.place())));
        lines.add(line("Jurisdiction", jurisdiction(attribution)));
        lines.add("");
        lines.add("Why");
        for (Attribution.Evidence evidence : attribution.evidence()) {
            String source = evidence.source().isEmpty() ? "" : " [" + evidence.source() + "]";
            lines.add(line("  " + evidence.part(), evidence.statement() + source));
        }
        lines.add("");
        lines.add(line("Data", attribution.snapshot()));
        return lines;
    }

    /** The same as a tree, for programs. */
    static ObjectNode tree(Attribution attribution) {
        ObjectNode tree = JsonNodeFactory.instance.objectNode();
        tree.put("endpoint", attribution.endpoint());
        tree.put("registrable_domain", attribution.registrableDomain());
        DestinationName name = attribution.name();
        tree.putObject("name")
                .put("name", name.name())
                .put("target", name.target())
                .put("source", name.name() == null ? name.source().label() : "given")
                .<ObjectNode>set("candidates", strings(name.candidates()));
        Service service = attribution.service();
        tree.putObject("service")
                .put("vendor", service.vendor())
                .put("name", service.name())
                .put("purpose", service.purpose().label())
                .put("operator", service.operator())
                .put("grade", service.grade())
                .put("source", service.source());
        tree.putObject("party")
                .put("first_party_to", attribution.party().maker())
                .put("others", attribution.party().others().label());
        Network network = attribution.network();
        tree.putObject("network")
                .put("asn", network.asn())
                .put("organisation", network.organisation())
                .put("prefix", network.prefix())
                .put("cloud", network.cloud());
        tree.set("place", place(attribution.place(), tree.objectNode()));
        tree.putObject("jurisdiction")
                .<ObjectNode>set("operator", strings(attribution.operatorJurisdictions()))
                .set("host", strings(attribution.hostJurisdictions()));
        ArrayNode evidence = tree.putArray("evidence");
        for (Attribution.Evidence reason : attribution.evidence()) {
            evidence.addObject()
                    .put("part", reason.part())
                    .put("statement", reason.statement())
                    .put("source", reason.source());
        }
        return tree.put("snapshot", attribution.snapshot());
    }

    private static ObjectNode place(Place place, ObjectNode tree) {
        tree.put("state", place.state().label())
                .put("step", place.step().label())
                .put("region", place.region())
                .set("countries", strings(place.countries()));
        ArrayNode votes = tree.putArray("votes");
        place.votes()
                .forEach(vote -> votes.addObject().put("source", vote.source()).put("country", vote.country()));
        return tree;
    }

    private static ArrayNode strings(List<String> values) {
        return JSON.valueToTree(values);
    }

    private static boolean isOpen(Place place, boolean hasAddress) {
        return !hasAddress && place.step() != Place.Step.NAME_REGION;
    }

    static String line(String subject, String words) {
        return LINE.formatted(subject, words);
    }

    private static String name(DestinationName name) {
        if (name.name() == null) {
            return "none";
        }
        return name.name() + (name.target() == null ? "" : ", which leads to " + name.target());
    }

    private static String service(Service service) {
        if (service.vendor().equals(Service.UNKNOWN.vendor())) {
            return "not in the catalogue";
        }
        String operator = service.operator().isEmpty() ? "" : ", run by " + service.operator();
        String grade = service.grade().isEmpty() ? "" : " (grade " + service.grade() + ")";
        return service.key() + ", " + service.purpose().label() + operator + grade;
    }

    private static String network(Network network) {
        if (network.asn() == 0 && network.cloud().isEmpty()) {
            return "unknown";
        }
        List<String> parts = new ArrayList<>();
        parts.add("AS" + network.asn());
        parts.add(network.organisation());
        parts.add(network.prefix());
        parts.add(network.cloud().isEmpty() ? "" : "cloud " + network.cloud());
        return parts.stream().filter(part -> !part.isEmpty()).collect(Collectors.joining(", "));
    }

    private static String place(Place place) {
        String countries = place.countries().isEmpty() ? "" : ": " + String.join(" or ", place.countries());
        String region = place.region() == null ? "" : ", region " + place.region();
        return place.state().label() + countries + region + " (decided by "
                + place.step().label().replace('_', ' ') + ")";
    }

    private static String jurisdiction(Attribution attribution) {
        return "operator: " + codes(attribution.operatorJurisdictions()) + "; host: "
                + codes(attribution.hostJurisdictions());
    }

    static String codes(List<String> codes) {
        return codes.isEmpty() ? "unknown" : String.join(", ", codes);
    }
}
