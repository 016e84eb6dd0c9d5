package observatory.dashboards.cli;

import static observatory.dashboards.cli.AttributionText.codes;
import static observatory.dashboards.cli.AttributionText.line;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import observatory.dashboards.search.DataSets.DataSet;
import observatory.geo.attribution.DestinationName;
import observatory.geo.attribution.NameSource;
import observatory.geo.attribution.NameState;
import observatory.geo.place.Place;

/** One stored flow as an auditor reads it: what was seen, what it was taken for, and on what that rests. */
final class StoredFlowText {
    private StoredFlowText() {}

    /**
     * The lines to print, without line ends.
     *
     * @param dataSets what is on record of the data that it was attributed with
     */
    static List<String> lines(String index, String id, JsonNode flow, List<DataSet> dataSets) {
        List<String> lines = new ArrayList<>();
        lines.add(line(
                "Flow",
                id + " in " + index + (flow.path("observatory.simulated").asBoolean() ? ", simulated" : "")));
        lines.add(
                line("Seen by", text(flow, "observer.name") + " (" + text(flow, "observer.type") + ")" + export(flow)));
        lines.add(line("When", when(flow)));
        lines.add(line("Device", device(flow)));
        lines.add(line("Connection", connection(flow)));
        lines.add(line("Counted", counted(flow)));
        lines.add("");
        lines.add("What it was taken for when it was stored");
        lines.add(line("  name", name(flow)));
        lines.add(line("  endpoint", text(flow, "observatory.endpoint")));
        lines.add(line("  service", service(flow)));
        lines.add(line("  host network", network(flow)));
        lines.add(line("  place", place(flow)));
        lines.add(line(
                "  jurisdiction",
                "operator: " + codes(texts(flow, "observatory.jurisdiction.operator")) + "; host: "
                        + codes(texts(flow, "observatory.jurisdiction.host"))));
        lines.add(line(
                "  data",
                "snapshot " + text(flow, "observatory.snapshot")
                        + (dataSets.isEmpty() ? "; its data sets are not on record" : "")));
        LocalDate day = LocalDate.ofInstant(Instant.parse(text(flow, "event.end")), ZoneOffset.UTC);
        for (DataSet set : dataSets) {
            lines.add(line("", set.id() + " (" + set.origin() + ") " + set.edition() + ", " + set.dateFor(day)));
        }
        return lines;
    }

    /** The port that tells the service: of who was called. In documents the source is the device, whoever called. */
    static int servicePort(JsonNode flow) {
        return flow.path(isInbound(flow) ? "source.port" : "destination.port").asInt();
    }

    private static boolean isInbound(JsonNode flow) {
        return text(flow, "network.direction").equals("inbound");
    }

    /** How the destination was called, as attribution wants it. */
    static DestinationName destinationName(JsonNode flow) {
        if (!flow.hasNonNull("destination.domain")) {
            return DestinationName.NONE;
        }
        return new DestinationName(
                text(flow, "destination.domain"),
                flow.hasNonNull("observatory.name.target") ? text(flow, "observatory.name.target") : null,
                NameSource.valueOf(text(flow, "observatory.name.source").toUpperCase(Locale.ROOT)),
                NameState.valueOf(text(flow, "observatory.name.state").toUpperCase(Locale.ROOT)),
                flow.path("observatory.name.age_s").asLong(-1),
                texts(flow, "observatory.name.candidates"));
    }

    private static String when(JsonNode flow) {
        Instant start = Instant.parse(text(flow, "event.start"));
        Instant end = Instant.parse(text(flow, "event.end"));
        double seconds = Duration.between(start, end).toMillis() / 1000.0;
        String late = flow.path("observatory.flow.late").asBoolean() ? ", came late" : "";
        return String.format(Locale.ROOT, "%s to %s (%.3f s)%s", start, end, seconds, late);
    }

    private static String export(JsonNode flow) {
        String sampling = flow.hasNonNull("observatory.sampling.interval")
                ? ", looks at one of " + text(flow, "observatory.sampling.interval") + " packets"
                        + (flow.path("observatory.sampling.assumed").asBoolean() ? " (assumed)" : " (as it states)")
                : "";
        String skew = flow.path("observatory.export.clock_skewed").asBoolean()
                ? ", its clock is wrong: the time of receipt counts"
                : "";
        return sampling + skew;
    }

    private static String device(JsonNode flow) {
        List<String> parts = new ArrayList<>();
        parts.add(flow.hasNonNull("device.id") ? text(flow, "device.id") + " (a pseudonym)" : "not kept");
        String cohort = text(flow, "observatory.device.cohort");
        parts.add(cohort.isEmpty() ? text(flow, "device.manufacturer") : cohort);
        parts.add(flow.hasNonNull("observatory.device.group") ? "group " + text(flow, "observatory.device.group") : "");
        parts.add("site " + text(flow, "observatory.site"));
        return joined(parts);
    }

    private static String connection(JsonNode flow) {
        String to = flow.hasNonNull("destination.ip") ? text(flow, "destination.ip") : "an inside address";
        String way = isInbound(flow)
                ? "from " + to + " port " + text(flow, "destination.port") + " to the device's port "
                        + text(flow, "source.port")
                : "from the device's port " + text(flow, "source.port") + " to " + to + " port "
                        + text(flow, "destination.port");
        return joined(List.of(
                way,
                text(flow, "network.transport").toUpperCase(Locale.ROOT),
                text(flow, "network.protocol"),
                text(flow, "tls.version").isEmpty() ? "" : "TLS " + text(flow, "tls.version")));
    }

    private static String counted(JsonNode flow) {
        return text(flow, "source.bytes") + " bytes in " + text(flow, "source.packets") + " packets from the device, "
                + text(flow, "destination.bytes") + " bytes in " + text(flow, "destination.packets")
                + " packets to it";
    }

    private static String name(JsonNode flow) {
        String name = text(flow, "destination.domain");
        String age = text(flow, "observatory.name.age_s");
        String before = age.isEmpty() ? "" : ", " + age + " s before it began";
        String how = switch (text(flow, "observatory.name.source")) {
            case "sni" -> name + ": the flow announced it itself (TLS server name or HTTP host)";
            case "own_dns" -> name + ": by a DNS answer to this device" + before;
            case "site_dns" -> name + ": a guess, by a DNS answer to another device of the site" + before;
            case "range" -> "none; the address lies in a range that the catalogue ties to a service";
            default -> "none: the device was told no name for this address, and the flow announced none";
        };
        String state = switch (text(flow, "observatory.name.state")) {
            case "stale" -> "; the answer's time to live was over";
            case "shared" ->
                "; several names were valid for the address: "
                        + String.join(", ", texts(flow, "observatory.name.candidates"));
            default -> "";
        };
        String target = flow.hasNonNull("observatory.name.target")
                ? "; it leads to " + text(flow, "observatory.name.target")
                : "";
        String corrected = flow.path("observatory.name.corrected").asBoolean()
                ? "; corrected by an answer that came late, it was "
                        + (flow.hasNonNull("observatory.name.previous.name")
                                ? text(flow, "observatory.name.previous.name")
                                : "without a name")
                : "";
        return how + state + target + corrected;
    }

    private static String service(JsonNode flow) {
        String vendor = text(flow, "observatory.service.vendor");
        if (vendor.equals("unknown")) {
            return "not in the catalogue";
        }
        return joined(List.of(
                vendor + " " + text(flow, "observatory.service.name"),
                text(flow, "observatory.service.purpose"),
                text(flow, "observatory.operator").isEmpty() ? "" : "run by " + text(flow, "observatory.operator"),
                "role to this device: " + text(flow, "observatory.party.role"),
                "grade " + text(flow, "observatory.service.grade")
                        + (flow.hasNonNull("observatory.service.source")
                                ? " [" + text(flow, "observatory.service.source") + "]"
                                : "")));
    }

    private static String network(JsonNode flow) {
        String asn = text(flow, "destination.as.number");
        String cloud = text(flow, "observatory.cloud.provider");
        String words = joined(List.of(
                asn.isEmpty() || asn.equals("0") ? "" : "AS" + asn,
                text(flow, "destination.as.organization.name"),
                cloud.isEmpty() ? "" : "cloud " + cloud,
                text(flow, "observatory.cloud.region")));
        return words.isEmpty() ? "unknown" : words;
    }

    private static String place(JsonNode flow) {
        List<String> countries = texts(flow, "observatory.place.countries");
        List<String> votes = texts(flow, "observatory.place.votes");
        String decided =
                text(flow, "observatory.place.state").equals(Place.State.AGREED.label()) ? "" : "; cannot be decided";
        return text(flow, "observatory.place.state")
                + (countries.isEmpty() ? "" : ": " + String.join(" or ", countries))
                + " (by " + text(flow, "observatory.place.step").replace('_', ' ') + ")" + decided
                + (votes.isEmpty() ? "" : "; votes " + String.join(", ", votes));
    }

    private static String joined(List<String> parts) {
        return parts.stream().filter(part -> !part.isEmpty()).collect(Collectors.joining(", "));
    }

    private static String text(JsonNode flow, String field) {
        return flow.path(field).asText();
    }

    /** A field of one value may be stored without a list. */
    private static List<String> texts(JsonNode flow, String field) {
        JsonNode value = flow.path(field);
        return value.isArray()
                ? StreamSupport.stream(value.spliterator(), false)
                        .map(JsonNode::asText)
                        .toList()
                : value.isValueNode() && !value.isNull() ? List.of(value.asText()) : List.of();
    }
}
