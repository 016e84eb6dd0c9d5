package observatory.dashboards.panel;

import static observatory.dashboards.panel.Column.bytes;
import static observatory.dashboards.panel.Column.count;
import static observatory.dashboards.panel.Column.text;
import static observatory.dashboards.panel.Column.time;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The panels there are. A device is always the {@code source} of its traffic, so {@code source.bytes} is bytes out. */
public final class Panels {
    private static final Measure BYTES_OUT = new Measure.Sum("bytes_out", "Bytes out", Unit.BYTES, "source.bytes");
    private static final Measure BYTES_IN = new Measure.Sum("bytes_in", "Bytes in", Unit.BYTES, "destination.bytes");
    private static final Measure FLOWS = new Measure.Sum("flows", "Flows", Unit.COUNT, "observatory.flows");
    private static final Measure DEVICES = new Measure.Unique("devices", "Devices", "device.id");
    private static final Measure ENDPOINTS = new Measure.Unique("endpoints", "Endpoints", "observatory.endpoint");
    private static final Measure COVERED = new Measure.Share(
            "covered",
            "Coverage",
            List.of("observatory.coverage.minutes"),
            List.of(Match.is("observatory.coverage.state", "receiving")),
            "observatory.coverage.minutes");
    private static final Breakdown OVER_TIME = new Breakdown.Time("Time");

    /** How much traffic the figures rest on. */
    public static final Panel FLOW_COUNT = metric(
            "flows", "Flows", "How many flows did the devices have?", "A flow is one conversation of a device.", FLOWS);

    /** Which fleet was seen. */
    public static final Panel DEVICE_COUNT = metric(
            "devices",
            "Devices",
            "How many devices were seen talking?",
            "Phones and room systems, counted by pseudonym.",
            DEVICES);

    /** How many destinations there are. */
    public static final Panel ENDPOINT_COUNT = metric(
            "endpoints",
            "Endpoints",
            "How many endpoints did the devices talk to?",
            "An endpoint is a registrable domain or, without a name, a network and prefix; never a bare address.",
            ENDPOINTS);

    /** In how many countries destinations answer beyond doubt. */
    public static final Panel COUNTRY_COUNT = new Panel(
            "countries",
            "Countries",
            "In how many countries do endpoints answer, where the evidence agrees?",
            "Disputed, anycast and unknown places count for no country.",
            Source.ROLLUPS,
            List.of(Match.is(Breakdown.Place.STATE, Breakdown.Place.AGREED)),
            Chart.METRIC,
            new Content.Figures(
                    List.of(new Measure.Unique("countries", "Countries", Breakdown.Place.COUNTRY)), List.of()));

    /** What left. */
    public static final Panel BYTES_OUT_SUM = metric(
            "bytes-out", "Bytes out", "How much did the devices send?", "From device to destination.", BYTES_OUT);

    /** What came. */
    public static final Panel BYTES_IN_SUM = metric(
            "bytes-in", "Bytes in", "How much did the devices receive?", "From destination to device.", BYTES_IN);

    /** How well destinations are named. */
    public static final Panel NAMED_SHARE = metric(
            "named",
            "Named",
            "Which share of flows carries a name from the device's own evidence?",
            "The name came in the flow itself (TLS, HTTP) or in a DNS answer given to this very device.",
            new Measure.Share(
                    "named",
                    "Named",
                    List.of("observatory.names.sni", "observatory.names.own_dns"),
                    List.of(),
                    "observatory.flows"));

    /** How far every other figure can be trusted to be whole. */
    public static final Panel COVERAGE_SHARE = new Panel(
            "coverage",
            "Coverage",
            "Which share of the sensors' minutes was received?",
            "Every figure on the page was built from this share of the input.",
            Source.COVERAGE,
            List.of(),
            Chart.METRIC,
            new Content.Figures(List.of(COVERED), List.of()));

    /** Places on a map. */
    public static final Panel PLACES = figures(
            "places",
            "Where endpoints answer",
            "Where do the places answer that the devices send to?",
            "A place is where an address answers; it is neither the seat of the operator nor a jurisdiction.",
            Chart.WORLD_MAP,
            List.of(BYTES_OUT, BYTES_IN, FLOWS, DEVICES, ENDPOINTS),
            List.of(new Breakdown.Place("Place", 250)));

    /** Places over time. */
    public static final Panel BYTES_BY_PLACE = figures(
            "bytes-by-place",
            "Bytes out by country",
            "To which countries do bytes go, and when?",
            "Countries are named only where the evidence agrees; doubtful places have bands of their own.",
            Chart.OVER_TIME,
            List.of(BYTES_OUT),
            List.of(OVER_TIME, new Breakdown.Place("Country", 8)));

    /** Services over time. */
    public static final Panel BYTES_BY_SERVICE = figures(
            "bytes-by-service",
            "Traffic by vendor service",
            "Which vendor services do the devices talk to, and when?",
            "A service is what the catalogue knows an endpoint to be, such as a maker's redirection service.",
            Chart.OVER_TIME,
            List.of(new Measure.Sum("bytes", "Bytes both ways", Unit.BYTES, "network.bytes")),
            List.of(
                    OVER_TIME,
                    new Breakdown.Terms(
                            "Service",
                            List.of("observatory.service.vendor", "observatory.service.name"),
                            10,
                            "not in the catalogue")));

    /** First contacts. */
    public static final Panel NEWEST_ENDPOINTS = new Panel(
            "newest-endpoints",
            "Newest endpoints",
            "To which endpoints did the fleet talk for the first time?",
            "The operator runs the service, the host network carries it, the place is where the address answers,"
                    + " and a jurisdiction is whose law reaches operator or host. None of them stands for another.",
            Source.ENDPOINTS,
            List.of(Match.is("observatory.scope.kind", "fleet")),
            Chart.TABLE,
            new Content.Listing(
                    List.of(
                            time("First seen", "observatory.first_seen"),
                            text("Endpoint", "observatory.endpoint"),
                            text("Vendor", "observatory.service.vendor"),
                            text("Service", "observatory.service.name"),
                            text("Purpose", "observatory.service.purpose"),
                            text("Operator", "observatory.operator"),
                            text("Host network", "destination.as.organization.name"),
                            text("Place", Breakdown.Place.COUNTRIES),
                            text("Place state", Breakdown.Place.STATE),
                            text("Operator's jurisdiction", "observatory.jurisdiction.operator"),
                            text("Host's jurisdiction", "observatory.jurisdiction.host"),
                            text("Scope", "observatory.scope.kind"),
                            count("Devices", "observatory.devices"),
                            bytes("Bytes out", "source.bytes"),
                            bytes("Bytes in", "destination.bytes"),
                            time("Last seen", "observatory.last_seen")),
                    List.of("observatory.first_seen"),
                    100));

    /** What to look at. */
    public static final Panel FINDINGS = new Panel(
            "findings",
            "Findings",
            "What should an analyst look at?",
            "A finding is something seen that may need an answer; its evidence says why it was raised.",
            Source.FINDINGS,
            List.of(),
            Chart.TABLE,
            new Content.Listing(
                    List.of(
                            text("Severity", "observatory.finding.severity"),
                            text("Kind", "observatory.finding.kind"),
                            text("Message", "message"),
                            text("Reason", "observatory.finding.reason"),
                            text("Evidence", "observatory.finding.evidence"),
                            text("Missing", "observatory.finding.missing"),
                            text("State", "observatory.finding.state"),
                            count("Count", "observatory.finding.count"),
                            time("First seen", "event.start"),
                            time("Last seen", "event.end")),
                    List.of("event.severity", "event.end"),
                    100));

    /** When which sensor was silent. */
    public static final Panel COVERAGE_BY_SENSOR = new Panel(
            "coverage-by-sensor",
            "Coverage by sensor",
            "When did which sensor, exporter or resolver fall silent?",
            "In a silent minute nothing arrived: what happened then is in no figure.",
            Source.COVERAGE,
            List.of(),
            Chart.OVER_TIME,
            new Content.Figures(
                    List.of(COVERED),
                    List.of(new Breakdown.Terms("Sensor", List.of("observer.name"), 50, "unnamed"), OVER_TIME)));

    /** The overview: metrics first, then charts, then tables, in reading order. */
    public static final List<Panel> OVERVIEW = List.of(
            FLOW_COUNT,
            DEVICE_COUNT,
            ENDPOINT_COUNT,
            COUNTRY_COUNT,
            BYTES_OUT_SUM,
            BYTES_IN_SUM,
            NAMED_SHARE,
            COVERAGE_SHARE,
            PLACES,
            BYTES_BY_PLACE,
            BYTES_BY_SERVICE,
            FINDINGS,
            NEWEST_ENDPOINTS,
            COVERAGE_BY_SENSOR);

    private static final Map<String, Panel> BY_ID =
            OVERVIEW.stream().collect(Collectors.toUnmodifiableMap(Panel::id, Function.identity()));

    private Panels() {}

    /** The panel of that id, if there is one. */
    public static Optional<Panel> byId(String id) {
        return Optional.ofNullable(BY_ID.get(id));
    }

    private static Panel metric(String id, String title, String question, String help, Measure measure) {
        return figures(id, title, question, help, Chart.METRIC, List.of(measure), List.of());
    }

    private static Panel figures(
            String id,
            String title,
            String question,
            String help,
            Chart chart,
            List<Measure> measures,
            List<Breakdown> breakdowns) {
        return new Panel(
                id, title, question, help, Source.ROLLUPS, List.of(), chart, new Content.Figures(measures, breakdowns));
    }
}
