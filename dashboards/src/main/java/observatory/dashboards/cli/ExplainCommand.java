package observatory.dashboards.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.regex.Pattern;
import observatory.dashboards.local.LocalServices;
import observatory.dashboards.search.DataSets;
import observatory.dashboards.search.DataSets.DataSet;
import observatory.geo.address.IpAddress;
import observatory.geo.attribution.Attribution;
import observatory.geo.attribution.Attribution.Evidence;
import observatory.geo.attribution.DestinationName;
import observatory.geo.attribution.NameSource;
import observatory.geo.attribution.NameState;
import observatory.geo.name.DomainName;
import observatory.geo.place.Place;
import observatory.geo.snapshot.GeoSnapshot;
import observatory.jobs.elastic.ElasticClient;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says all that is known of one destination, and how it is known. */
@Command(
        name = "explain",
        description = {
            "Says who is behind an address or name, where it answers, whose law reaches it, and how that is known.",
            "Nothing is asked over the network. Place and network need an address: give NAME --address ADDRESS.",
            "With --stored, --demo or --elasticsearch it also says what is stored of it: which devices went there, how they"
                    + " came to the name, and what was found.",
            "Of a stored flow (its document's id) it says what was seen, what it was taken for and on what that rests, and"
                    + " what the data of today says."
        })
final class ExplainCommand implements Callable<Integer> {
    /** Stands for "no address": what is sent there is discarded (RFC 6666). */
    private static final IpAddress NOWHERE = Objects.requireNonNull(IpAddress.parse("100::"));

    /** 15 bytes in base64; no name looks like that, since a name that can be asked for has a dot. */
    private static final Pattern FLOW_ID = Pattern.compile("[A-Za-z0-9_-]{20}");

    private final Surroundings surroundings;

    @Spec
    private CommandSpec spec;

    @Mixin
    private GeoOptions geo;

    @Mixin
    private StoredOptions stored;

    @Parameters(
            paramLabel = "ADDRESS|NAME|FLOW",
            description = "IPv4 or IPv6 address, host name, or id of a stored flow")
    private String subject;

    @Option(names = "--address", paramLabel = "ADDRESS", description = "address that the name led to")
    private @Nullable String address;

    @Option(names = "--target", paramLabel = "NAME", description = "last name of the CNAME chain, where there was one")
    private @Nullable String target;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "443",
            description = "destination port" + " (${DEFAULT-VALUE}); it tells services on one host apart")
    private int port;

    @Option(names = "--udp", description = "the port is one of UDP, not of TCP")
    private boolean udp;

    @Option(names = "--json", description = "print JSON")
    private boolean json;

    @Option(names = "--stored", description = "also tell what replays on this machine stored of the address or name")
    private boolean alsoStored;

    ExplainCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws Exception {
        if (FLOW_ID.matcher(subject).matches()) {
            explainFlow();
            return 0;
        }
        IpAddress subjectAddress = IpAddress.parse(subject);
        IpAddress given = address == null ? subjectAddress : IpAddress.parse(address);
        if (address != null && given == null) {
            throw CommandFailure.usage("'" + address + "' is no address");
        }
        DestinationName name = subjectAddress == null ? name() : DestinationName.NONE;
        GeoSnapshot snapshot = geo.under(surroundings.home()).snapshot();
        Attribution attribution = asAsked(
                snapshot.attributor().attribute(given == null ? NOWHERE : given, name, port, udp ? 17 : 6),
                given != null);
        StoredDestination known = alsoStored || stored.isGiven()
                ? read(client -> StoredDestination.of(client, subject, subjectAddress != null))
                : null;
        print(attribution.and(law(attribution, snapshot)), given != null, known, snapshot);
        return 0;
    }

    private void explainFlow() throws Exception {
        StoredFlow flow = read(this::storedFlow);
        explain(flow.hit(), flow.dataSets());
    }

    /** The hit of a flow, and what is on record of the data that it was attributed with. */
    private record StoredFlow(JsonNode hit, List<DataSet> dataSets) {}

    private StoredFlow storedFlow(ElasticClient client) {
        List<JsonNode> found = new ArrayList<>();
        client.scan("observatory-flows-*", byId(subject), found::add);
        if (found.isEmpty()) {
            throw CommandFailure.failed("no flow with the id " + subject + " is stored there");
        }
        JsonNode hit = found.getFirst();
        String digest = hit.path("_source").path("observatory.snapshot").asText();
        return new StoredFlow(hit, DataSets.of(client::search, List.of(digest)).getOrDefault(digest, List.of()));
    }

    private <T> T read(Function<ElasticClient, T> question) throws Exception {
        try (LocalServices services = LocalServices.untilProcessEnds()) {
            Stage stage = new Stage(surroundings, services, spec.commandLine().getErr());
            try (ElasticClient client = ElasticClient.to(stored.open(stage, surroundings.folders()))) {
                return question.apply(client);
            }
        }
    }

    private static JsonNode byId(String id) {
        ObjectNode query = JsonNodeFactory.instance.objectNode();
        query.putObject("ids").putArray("values").add(id);
        return query;
    }

    private void explain(JsonNode hit, List<DataSet> dataSets) throws IOException {
        JsonNode flow = hit.path("_source");
        IpAddress to = IpAddress.parse(flow.path("destination.ip").asText());
        GeoSnapshot snapshot = geo.under(surroundings.home()).snapshot();
        Attribution today = snapshot.attributor()
                .attribute(
                        to == null ? NOWHERE : to,
                        StoredFlowText.destinationName(flow),
                        StoredFlowText.servicePort(flow),
                        flow.path("network.iana_number").asInt());
        Attribution attribution = today.and(law(today, snapshot));
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            ObjectNode tree = JsonNodeFactory.instance.objectNode();
            tree.put("index", hit.path("_index").asText()).put("id", subject).set("stored", flow);
            for (DataSet set : dataSets) {
                tree.withArrayProperty("data_sets")
                        .addObject()
                        .put("id", set.id())
                        .put("origin", set.origin())
                        .put("edition", set.edition())
                        .put("date", set.date() == null ? null : set.date().toString())
                        .put("licence", set.licence());
            }
            tree.set("today", to == null ? null : AttributionText.tree(attribution));
            out.println(new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(tree));
            return;
        }
        StoredFlowText.lines(hit.path("_index").asText(), subject, flow, dataSets)
                .forEach(out::println);
        out.println();
        if (to == null) {
            out.println("Inside the house: nothing more is known of the other end.");
            return;
        }
        boolean isSame =
                attribution.snapshot().equals(flow.path("observatory.snapshot").asText());
        out.println(
                isSame
                        ? "The same data is in use today, and this is how it comes to that"
                        : "Other data is in use today, and it says");
        AttributionText.lines(attribution, true).forEach(out::println);
    }

    /** What the GDPR says today of the countries that are named. */
    private List<Evidence> law(Attribution attribution, GeoSnapshot snapshot) {
        List<String> countries = new ArrayList<>(attribution.operatorJurisdictions());
        countries.addAll(attribution.hostJurisdictions());
        if (attribution.place().state() == Place.State.AGREED) {
            countries.addAll(attribution.place().countries());
        }
        LocalDate today = LocalDate.ofInstant(surroundings.clock().instant(), ZoneOffset.UTC);
        return snapshot.adequacy().reasons(countries, today).stream()
                .map(reason -> new Evidence("law", reason.statement(), reason.source()))
                .toList();
    }

    private DestinationName name() {
        DomainName name = DomainName.parse(subject);
        // A last label of digits is a mistyped address: no top-level domain looks like that (RFC 3696 section 2).
        if (name == null || !name.text().matches(".*\\.[^.]*[^0-9.][^.]*")) {
            throw CommandFailure.usage("'" + subject + "' is neither an address nor a host name");
        }
        DomainName last = target == null ? null : DomainName.parse(target);
        if (target != null && last == null) {
            throw CommandFailure.usage("'" + target + "' is no host name");
        }
        return new DestinationName(
                name.text(),
                last == null ? null : last.text(),
                NameSource.OWN_DNS,
                NameState.FRESH,
                0,
                List.of(name.text()));
    }

    /** No device and no log are behind this name, it was typed; and where there is no address, it tells nothing. */
    private static Attribution asAsked(Attribution attribution, boolean hasAddress) {
        String name = attribution.name().name();
        if (name == null) {
            return attribution;
        }
        boolean isPlaced = hasAddress || attribution.place().step() == Place.Step.NAME_REGION;
        List<Evidence> evidence = new ArrayList<>();
        evidence.add(new Evidence("name", name + " is what was asked about", "command line"));
        for (Evidence reason : attribution.evidence()) {
            boolean tells = switch (reason.part()) {
                case "name" -> false;
                case "network" -> hasAddress;
                case "place" -> isPlaced;
                default -> true;
            };
            if (tells) {
                evidence.add(reason);
            }
        }
        return new Attribution(
                attribution.endpoint(),
                attribution.registrableDomain(),
                attribution.name(),
                attribution.service(),
                attribution.party(),
                attribution.network(),
                attribution.place(),
                attribution.operatorJurisdictions(),
                attribution.hostJurisdictions(),
                evidence,
                attribution.snapshot());
    }

    private void print(
            Attribution attribution, boolean hasAddress, @Nullable StoredDestination known, GeoSnapshot snapshot)
            throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            ObjectNode tree = AttributionText.tree(attribution);
            if (known != null) {
                tree.set("stored", known.tree());
            }
            out.println(new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(tree));
        } else {
            AttributionText.lines(attribution, hasAddress).forEach(out::println);
            if (known != null) {
                out.println();
                known.lines().forEach(out::println);
            }
        }
        PrintWriter err = spec.commandLine().getErr();
        for (String words : snapshot.announcements(surroundings.clock())) {
            err.println("observatory: " + words);
        }
    }
}
