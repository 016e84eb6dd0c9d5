package observatory.dashboards.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import observatory.dashboards.report.Report.FindingRow;
import observatory.dashboards.report.Report.NewEndpoint;
import observatory.dashboards.report.Report.PlaceRow;
import observatory.dashboards.report.Report.PlaceShare;
import observatory.dashboards.report.Report.Recipient;
import observatory.dashboards.report.Report.Sensor;
import observatory.dashboards.report.Report.Transfer;

/**
 * The report as one HTML page for people: nothing is loaded from elsewhere, and it prints on A4. Long lists are cut here
 * and say so; CSV and JSON have every row.
 */
public final class ResidencyHtml {
    private static final int MOST_RECIPIENTS = 300;
    private static final int MOST_EVENTS = 200;
    private static final int MOST_GAPS = 40;

    private static final Map<String, String> NAMING = Map.of(
            "sni", "name in the flow itself (TLS, HTTP)",
            "own_dns", "DNS answer given to this very device",
            "site_dns", "DNS answer given to another device of the site (guessed)",
            "range", "range that a provider publishes (no name)",
            "none", "no name");

    private final Report report;
    private final Wording wording;
    private final Html html = new Html();

    private ResidencyHtml(Report report) {
        this.report = report;
        wording = new Wording(report.header().zone());
    }

    /** The whole report. */
    public static String of(Report report) {
        return new ResidencyHtml(report).write();
    }

    private String write() {
        html.raw("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">")
                .raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
                .raw("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src"
                        + " 'unsafe-inline'\">")
                .element("title", "Data-residency report " + report.header().id())
                .raw("<style>" + css() + "</style></head>\n<body><main>");
        header();
        tiles();
        coverage();
        places();
        recipients();
        transfers();
        newEndpoints();
        findings();
        method();
        signOff();
        return html.raw("</main></body></html>\n").toString();
    }

    private void header() {
        Report.Header header = report.header();
        if (header.isSimulated()) {
            html.raw(
                    "<div class=\"simulated\" role=\"note\">SIMULATED. This report contains data that was made up for a"
                            + " demonstration. It says nothing about any real device, network or company.</div>");
        }
        html.element("h1", "Data-residency report");
        html.raw("<p class=\"lead\">Who the phones talked to, on whose network, where that answered, and how sure"
                + " that is.</p>");
        html.raw("<dl class=\"facts\">");
        if (!header.organisation().isEmpty()) {
            fact("Organisation", header.organisation());
        }
        fact("Sites", sites(header));
        fact("Period", wording.time(header.from()) + " to " + wording.time(header.to()) + " (end not included)");
        fact("Time zone", header.zone().toString());
        fact("Generated", wording.time(header.generatedAt()));
        fact("Version", header.version());
        html.raw("<dt>Report id</dt><dd><code>")
                .text(header.id())
                .raw("</code> <small>from the digest of its content," + " SHA-256 <code>")
                .text(header.digest())
                .raw("</code></small></dd></dl>");
    }

    private static String sites(Report.Header header) {
        if (header.site() != null) {
            return header.site() + " (the report is narrowed to this site)";
        }
        return header.sites().isEmpty() ? "none seen" : String.join(", ", header.sites());
    }

    private void fact(String term, String text) {
        html.element("dt", term).element("dd", text);
    }

    private void tiles() {
        Report.Scope scope = report.scope();
        long agreed = report.places().stream()
                .filter(row -> row.state().equals("agreed"))
                .mapToLong(row -> row.traffic().bytes())
                .sum();
        boolean isComplete = !scope.sensors().isEmpty() && silentMinutes() == 0;
        html.raw("<div class=\"tiles\">");
        tile(coverageShare(), "of the sensors’ minutes had data", !isComplete);
        tile(
                Wording.count(scope.devices()),
                "devices seen, of " + Wording.count(scope.knownDevices()) + " known",
                false);
        tile(
                Wording.bytes(report.total().bytesOut()),
                "sent, and " + Wording.bytes(report.total().bytesIn()) + " received",
                false);
        tile(
                report.total().bytes() == 0
                        ? "–"
                        : Wording.share((double) agreed / report.total().bytes()),
                "of the bytes have a place that the evidence agrees on",
                false);
        html.raw("</div>");
        if (report.total().flows() == 0) {
            html.raw(
                    "<p class=\"warn\">No traffic was recorded in this period. That is no evidence that there was none:"
                            + " see the coverage below.</p>");
        }
        scope.limits()
                .forEach(limit -> html.raw("<p class=\"warn\">").text(limit).raw("</p>"));
    }

    private void tile(String figure, String caption, boolean isDoubtful) {
        html.raw("<div class=\"tile" + (isDoubtful ? " doubt" : "") + "\">")
                .element("b", figure)
                .element("span", caption)
                .raw("</div>");
    }

    private long silentMinutes() {
        return report.scope().sensors().stream()
                .mapToLong(Sensor::silentMinutes)
                .sum();
    }

    private String coverageShare() {
        long minutes =
                report.scope().sensors().stream().mapToLong(Sensor::minutes).sum();
        return minutes == 0 ? "Not known" : Wording.share((double) (minutes - silentMinutes()) / minutes);
    }

    private void coverage() {
        html.heading(2, "coverage", "1. Scope and coverage");
        html.raw("<p>What happened while a sensor was silent is in no figure of this report. “Not seen” means not seen"
                + " in the minutes with data.</p>");
        List<List<String>> rows = new ArrayList<>();
        for (Sensor sensor : report.scope().sensors()) {
            rows.add(List.of(
                    strong(Wording.or(sensor.name(), "unnamed")) + soft(sensor.type()),
                    text(Wording.or(sensor.site(), "not set")),
                    number(Wording.share(sensor.shareOfLedger()))
                            + soft(Wording.count(sensor.silentMinutes()) + " of " + Wording.count(sensor.minutes())
                                    + " min silent"),
                    number(Wording.share(sensor.shareOfPeriod()))
                            + soft(wording.time(sensor.first()) + " to " + wording.time(sensor.last())),
                    number(Wording.count(sensor.records())) + soft(losses(sensor)),
                    strip(sensor)));
        }
        if (rows.isEmpty()) {
            none(
                    "No sensor, exporter or resolver kept a ledger in this period. How complete the figures below are cannot"
                            + " be decided.");
        } else {
            List<String> headings = List.of(
                    "Sensor", "Site", "Minutes with data", "Of the whole period", "Records read", "Over the period");
            html.table("sensors", headings, rows);
            html.raw("<div class=\"legend\"><span><i style=\"background:#2c7a5b\"></i>data</span><span>"
                    + "<i style=\"background:#a33b2e\"></i>silent</span><span><i style=\"background:#e3e7ea\"></i>no ledger"
                    + "</span></div>");
        }
        gaps();
        devices();
        naming();
    }

    private static String losses(Sensor sensor) {
        String losses = Wording.count(sensor.rejected()) + " unreadable, " + Wording.count(sensor.late()) + " late";
        // Not every sensor counts what never reached it; a zero would claim that it did.
        return sensor.lost() == 0 ? losses : losses + ", " + Wording.count(sensor.lost()) + " lost before";
    }

    /** The period as a line: where there was data, where silence, where no ledger. */
    private String strip(Sensor sensor) {
        if (sensor.first() == null || sensor.last() == null) {
            return "";
        }
        StringBuilder svg =
                new StringBuilder("<svg class=\"strip\" viewBox=\"0 0 1000 16\" preserveAspectRatio=\"none\""
                        + " role=\"img\" aria-label=\"data and silence over the period\">");
        svg.append("<rect class=\"none\" width=\"1000\" height=\"16\"/>");
        rectangle(svg, "on", sensor.first(), sensor.last());
        sensor.gaps().forEach(gap -> rectangle(svg, "off", gap.from(), gap.to()));
        return svg.append("</svg>").toString();
    }

    private void rectangle(StringBuilder svg, String cssClass, Instant from, Instant to) {
        double whole =
                Duration.between(report.header().from(), report.header().to()).toSeconds();
        double start = 1000 * Duration.between(report.header().from(), from).toSeconds() / whole;
        // A short silence still has to be seen.
        double width = Math.max(3, 1000 * Duration.between(from, to).toSeconds() / whole);
        svg.append(String.format(
                Locale.ROOT, "<rect class=\"%s\" x=\"%.1f\" width=\"%.1f\" height=\"16\"/>", cssClass, start, width));
    }

    private void gaps() {
        html.heading(3, "silent", "Silent intervals");
        List<List<String>> rows = new ArrayList<>();
        for (Sensor sensor : report.scope().sensors()) {
            sensor.gaps().stream()
                    .limit(MOST_GAPS)
                    .forEach(gap -> rows.add(List.of(
                            text(sensor.name()),
                            number(wording.time(gap.from())),
                            number(wording.time(gap.to())),
                            number(Wording.count(gap.minutes()) + " min"))));
            if (sensor.gaps().size() > MOST_GAPS) {
                rows.add(List.of(
                        text(sensor.name()), text("and " + (sensor.gaps().size() - MOST_GAPS) + " more"), "", ""));
            }
        }
        if (rows.isEmpty()) {
            none(report.scope().sensors().isEmpty() ? "Not known: there is no ledger." : "None.");
        } else {
            html.table("gaps", List.of("Sensor", "From", "To", "Silent"), rows);
        }
    }

    private void devices() {
        html.heading(3, "devices", "Devices");
        html.raw("<p>")
                .text(Wording.count(report.scope().devices()) + " devices were seen talking, together on "
                        + Wording.count(report.scope().deviceDays()) + " device-days; the inventory knows "
                        + Wording.count(report.scope().knownDevices()) + ".")
                .raw("</p>");
        List<List<String>> rows = report.scope().models().stream()
                .map(model -> List.of(text(model.maker()), text(model.model()), number(Wording.count(model.devices()))))
                .toList();
        if (!rows.isEmpty()) {
            html.table("models", List.of("Maker", "Model", "Devices"), rows);
        }
    }

    private void naming() {
        html.heading(3, "naming", "How destinations got their names");
        long flows = report.total().flows();
        List<List<String>> rows = report.scope().naming().entrySet().stream()
                .map(entry -> List.of(
                        text(NAMING.getOrDefault(entry.getKey(), Wording.word(entry.getKey()))),
                        number(Wording.count(entry.getValue())),
                        number(flows == 0 ? "–" : Wording.share((double) entry.getValue() / flows))))
                .toList();
        html.table("naming", List.of("Evidence", "Flows", "Share"), rows);
        html.raw("<p class=\"soft\">No sampling rate is applied to any figure: counters are as"
                + " the exporter or sensor wrote them.</p>");
    }

    private void places() {
        html.heading(2, "places", "2. Where it answered");
        html.raw(
                "<p>A place is where the first hop’s address answers. It is neither the seat of the operator nor the law"
                        + " that reaches it (section 3), and says nothing of where data goes next. A country is named only where"
                        + " the evidence agrees. What is doubtful keeps rows of its own and is never spread over countries.</p>");
        if (report.places().isEmpty()) {
            none("No traffic, no places.");
            return;
        }
        double largest =
                report.places().stream().mapToDouble(PlaceRow::share).max().orElse(1);
        List<List<String>> rows = new ArrayList<>();
        report.places().forEach(row -> rows.add(placeRow(row, largest)));
        rows.add(List.of(
                strong("All"),
                number(report.total().bytes() == 0 ? "–" : "100 %"),
                octets(report.total().bytesOut()),
                octets(report.total().bytesIn()),
                number(Wording.count(report.total().flows())),
                number(Wording.count(report.scope().devices())),
                "",
                ""));
        html.table(
                "places",
                List.of("Place", "Share of bytes", "Out", "In", "Flows", "Devices", "Endpoints", "Possibly also"),
                rows);
        html.raw("<p class=\"soft\">“Possibly also” are bytes of disputed places for which this country is one of the"
                + " possible answers. The same bytes stand under each possible country, so these figures cannot be added."
                + " Devices and endpoints are counted once per row and do not add up either.</p>");
    }

    private static List<String> placeRow(PlaceRow row, double largest) {
        boolean hasCountry = row.country() != null;
        String place = hasCountry ? strong(Wording.country(row.country())) : text(Wording.placeState(row.state()));
        String contested = !hasCountry || row.contested() == 0 ? "" : octets(row.contested());
        if (row.traffic().flows() == 0) {
            return List.of(place + soft("never agreed on"), "", "", "", "", "", "", contested);
        }
        return List.of(
                place,
                number(Wording.share(row.share())) + bar(largest == 0 ? 0 : row.share() / largest, hasCountry),
                octets(row.traffic().bytesOut()),
                octets(row.traffic().bytesIn()),
                number(Wording.count(row.traffic().flows())),
                number(Wording.count(row.devices())),
                number(Wording.count(row.endpoints())),
                contested);
    }

    private static String bar(double part, boolean isSure) {
        String kind = isSure ? "bar" : "bar doubt";
        return String.format(Locale.ROOT, "<span class=\"%s\" style=\"width:%.1f%%\"></span>", kind, 100 * part);
    }

    private void recipients() {
        html.heading(2, "recipients", "3. Recipients");
        html.raw(
                "<p>Operator, host network, place and jurisdiction answer four different questions. Where the catalogue"
                        + " knows no operator, the endpoint stands in its place.</p>");
        if (report.recipients().isEmpty()) {
            none("No recipients were seen.");
            return;
        }
        List<List<String>> rows = new ArrayList<>();
        report.recipients().stream().limit(MOST_RECIPIENTS).forEach(recipient -> rows.add(recipient(recipient)));
        html.table(
                "recipients",
                List.of(
                        "Operator and service",
                        "Host network",
                        "Place",
                        "Law that reaches",
                        "Out / in",
                        "Flows / devices",
                        "First / last seen"),
                rows);
        List<Recipient> rest =
                report.recipients().stream().skip(MOST_RECIPIENTS).toList();
        if (!rest.isEmpty()) {
            long bytes = rest.stream()
                    .mapToLong(recipient -> recipient.traffic().bytes())
                    .sum();
            none("And " + Wording.count(rest.size()) + " more recipients with together " + Wording.bytes(bytes)
                    + "; CSV and JSON list them all.");
        }
    }

    private List<String> recipient(Recipient recipient) {
        String service = List.of(recipient.vendor(), recipient.service()).stream()
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(" / "));
        String endpoints = String.join(", ", recipient.endpoints());
        long more = recipient.endpointCount() - recipient.endpoints().size();
        String network = Wording.or(recipient.network(), "not known")
                + (recipient.asn() == 0 ? "" : " (AS" + recipient.asn() + ")");
        return List.of(
                strong(recipient.name())
                        + soft(doubt(recipient))
                        + soft(service)
                        + (recipient.purpose().isEmpty() ? "" : tag(Wording.word(recipient.purpose()), "")),
                text(network)
                        + soft(recipient.cloud().isEmpty() ? "" : "cloud: " + recipient.cloud())
                        + soft(endpoints + (more > 0 ? " and " + Wording.count(more) + " more" : "")),
                recipient.places().stream()
                        .map(place -> placeLine(place, recipient))
                        .collect(Collectors.joining()),
                text("operator: " + Wording.countries(recipient.operatorJurisdictions()))
                        + "<br>"
                        + text("host: " + Wording.countries(recipient.hostJurisdictions())),
                octets(recipient.traffic().bytesOut()) + "<br>"
                        + octets(recipient.traffic().bytesIn()),
                number(Wording.count(recipient.traffic().flows())) + "<br>"
                        + number(Wording.count(recipient.devices())
                                + (recipient.devices() == 1 ? " device" : " devices")),
                number(wording.time(recipient.firstSeen())) + "<br>" + number(wording.time(recipient.lastSeen())));
    }

    private static String doubt(Recipient recipient) {
        if (!recipient.operator().isEmpty()) {
            return "";
        }
        boolean isLocal =
                recipient.places().stream().allMatch(place -> place.state().equals("local"));
        return isLocal ? "not on the Internet" : "operator cannot be decided: not in the catalogue";
    }

    private static String placeLine(PlaceShare place, Recipient recipient) {
        long all = recipient.traffic().bytes();
        String share = recipient.places().size() > 1 && all > 0
                ? " " + Wording.share((double) place.traffic().bytes() / all)
                : "";
        String shown = place.state().equals("agreed") || place.state().equals("local")
                ? text(Wording.place(place))
                : text(Wording.place(place)) + " " + tag(place.state(), " doubt");
        return "<div>" + shown + "<span class=\"soft n\">" + text(share) + "</span></div>";
    }

    private void transfers() {
        html.heading(2, "transfers", "4. Transfers to clarify");
        html.raw(
                "<p>For the record under Art. 30(1)(d) and (e) GDPR: recipients that answer outside the European Economic"
                        + " Area, that the law of such a country may reach, or whose place cannot be decided. A row is a question"
                        + " to answer; it neither proves that personal data was transferred nor that it was not. The instrument is"
                        + " open unless a responsible person entered one.</p>");
        if (report.transfers().isEmpty()) {
            none("No such recipient was seen in the minutes with data.");
            return;
        }
        List<List<String>> rows = new ArrayList<>();
        for (Transfer transfer : report.transfers()) {
            boolean isOpen = transfer.instrument().equals("open");
            rows.add(List.of(
                    strong(Wording.country(transfer.country())),
                    text(transfer.recipient())
                            + soft(transfer.purposes().stream()
                                    .map(Wording::word)
                                    .collect(Collectors.joining(", "))),
                    transfer.grounds().stream()
                            .map(ground -> "<div>" + text(ground) + "</div>")
                            .collect(Collectors.joining()),
                    octets(transfer.bytesOut()),
                    isOpen ? tag("open", " open") : text(transfer.instrument()),
                    text(Wording.or(transfer.document(), isOpen ? "" : "not given")),
                    text(Wording.or(transfer.assessed(), isOpen ? "" : "not given")) + soft(transfer.reviewer())));
        }
        html.table(
                "transfers",
                List.of("Third country", "Recipient", "Why it is listed", "Sent", "Instrument", "Document", "Assessed"),
                rows);
        html.raw(
                "<p class=\"soft\">Rows do not add up: what one recipient was sent can be reached by several laws.</p>");
    }

    private void newEndpoints() {
        html.heading(2, "new-endpoints", "5. New endpoints");
        html.raw("<p>")
                .text(
                        report.header().site() == null
                                ? "First contacts of the whole fleet in this period."
                                : "First contacts of this site in this period.")
                .raw(" In the first days of an observation everything is" + " new.</p>");
        if (report.newEndpoints().isEmpty()) {
            none("None in the minutes with data.");
            return;
        }
        List<List<String>> rows = new ArrayList<>();
        for (NewEndpoint endpoint :
                report.newEndpoints().stream().limit(MOST_EVENTS).toList()) {
            rows.add(List.of(
                    number(wording.time(endpoint.firstSeen())),
                    strong(endpoint.endpoint()),
                    text(Wording.or(endpoint.operator(), "cannot be decided"))
                            + soft(List.of(endpoint.vendor(), endpoint.service()).stream()
                                    .filter(part -> !part.isEmpty())
                                    .collect(Collectors.joining(" / "))),
                    text(Wording.or(endpoint.network(), "not known")),
                    text(Wording.place(endpoint.placeState(), endpoint.countries())),
                    number(Wording.count(endpoint.devices())),
                    octets(endpoint.traffic().bytesOut()) + "<br>"
                            + octets(endpoint.traffic().bytesIn())));
        }
        html.table(
                "endpoints",
                List.of(
                        "First seen",
                        "Endpoint",
                        "Operator and service",
                        "Host network",
                        "Place",
                        "Devices",
                        "Out / in"),
                rows);
        more(report.newEndpoints().size());
    }

    private void findings() {
        html.heading(2, "findings", "6. Findings");
        if (report.findings().isEmpty()) {
            none("None in the minutes with data.");
            return;
        }
        List<List<String>> rows = new ArrayList<>();
        for (FindingRow finding : report.findings().stream().limit(MOST_EVENTS).toList()) {
            String missing = finding.missing().isEmpty() ? "" : "Missing input: " + finding.missing();
            rows.add(List.of(
                    tag(Wording.or(finding.severity(), "not rated"), ""),
                    strong(Wording.word(finding.kind())),
                    text(finding.message()) + soft(missing),
                    text(Wording.or(finding.state(), "open")),
                    number(Wording.count(finding.count()) + (isSilence(finding) ? " min" : "")),
                    number(Wording.count(finding.devices())),
                    number(wording.time(finding.firstSeen())) + "<br>" + number(wording.time(finding.lastSeen()))));
        }
        html.table(
                "findings",
                List.of("Severity", "Kind", "What was seen", "State", "Count", "Devices", "First / last seen"),
                rows);
        more(report.findings().size());
    }

    /** Of a silent sensor the minutes are counted. */
    private static boolean isSilence(FindingRow finding) {
        return finding.kind().equals("sensor-silent");
    }

    private void more(int size) {
        if (size > MOST_EVENTS) {
            none("And " + Wording.count(size - MOST_EVENTS) + " more; CSV and JSON list them all.");
        }
    }

    private void method() {
        html.heading(2, "method", "7. Method and limits");
        html.raw(
                "<ul><li>A destination is named from the flow’s own TLS or HTTP name, then from DNS answers given to the"
                        + " same device and valid when the flow began, then from answers given to another device of the site"
                        + " (guessed), then from ranges that providers publish.</li>"
                        + "<li>A place is decided, in this order, by: a region in the DNS or CNAME name; a provider’s published"
                        + " range with a region; two independent databases that agree; one database; else it is unknown. Anycast"
                        + " and content networks have no country. The country in which a network is registered is never used as a"
                        + " place.</li>"
                        + "<li>Only the first hop is visible. Where a recipient passes data on to, or from where its staff reach"
                        + " it, cannot be decided from traffic.</li>"
                        + "<li>Payload is not read. Which categories of data a recipient received cannot be decided here.</li>"
                        + "<li>Databases err: for the address ranges of large clouds, two that agree named the right country in 92"
                        + " to 100 % of cases; elsewhere published error rates are higher, and differ by continent.</li>"
                        + "<li>Devices and endpoints are counted exactly up to 40,000 and estimated above.</li>"
                        + "<li>Jurisdiction comes from a reviewed table of operators and networks, never from an address.</li></ul>");
        html.heading(3, "data", "Data sets");
        List<List<String>> rows = report.dataSets().stream()
                .map(set -> List.of(
                        strong(set.name()),
                        text(set.edition()),
                        text(set.date()),
                        text(Wording.or(set.licence(), "not stated")),
                        number(Wording.count(set.flows()))))
                .toList();
        if (rows.isEmpty()) {
            none("Of the data that the flows were attributed with nothing is on record.");
        } else {
            html.table("datasets", List.of("Data set", "Edition", "Date", "Licence", "Flows"), rows);
        }
        snapshots();
        html.heading(3, "attributions", "Attributions");
        html.raw("<p>IP Geolocation by DB-IP (https://db-ip.com), CC BY 4.0. Routing data: University of Oregon"
                + " RouteViews Archive Project (https://www.routeviews.org), CC BY 4.0. Registry data: Number Resource"
                + " Organization and the regional Internet registries (https://www.nro.net).</p>");
    }

    private void snapshots() {
        if (report.snapshots().isEmpty()) {
            return;
        }
        html.raw("<p>")
                .text(
                        report.snapshots().size() == 1
                                ? "All flows were attributed with one state of the data: "
                                : "The data changed within the period; flows keep what was known when they were seen: ");
        html.raw(report.snapshots().entrySet().stream()
                .map(entry ->
                        "<code>" + text(entry.getKey()) + "</code> (" + Wording.count(entry.getValue()) + " flows)")
                .collect(Collectors.joining(", ")));
        html.raw("</p>");
    }

    private void signOff() {
        html.heading(2, "sign-off", "8. Sign-off");
        html.raw("<p>The figures of this page, the CSV and the JSON with the same report id come from one frozen set of"
                + " data. Raw flows are kept for less time than the totals above.</p>");
        html.raw(
                "<div class=\"sign\"><div>Prepared by, date</div><div>Reviewed by, date</div><div>Data protection officer,"
                        + " date</div></div>");
        html.raw("<footer>Observatory ")
                .text(report.header().version())
                .raw(", report <code>")
                .text(report.header().id())
                .raw("</code></footer>");
    }

    private void none(String sentence) {
        html.raw("<p class=\"none\">").text(sentence).raw("</p>");
    }

    private static String text(String text) {
        return Html.escape(text);
    }

    private static String strong(String text) {
        return "<strong>" + Html.escape(text) + "</strong>";
    }

    private static String soft(String text) {
        return text.isEmpty() ? "" : "<div class=\"soft\">" + Html.escape(text) + "</div>";
    }

    private static String number(String text) {
        return "<span class=\"n\">" + Html.escape(text) + "</span>";
    }

    private static String octets(long bytes) {
        return "<span class=\"n\" title=\"" + Wording.count(bytes) + " bytes\">" + Wording.bytes(bytes) + "</span>";
    }

    private static String tag(String text, String cssClass) {
        return "<span class=\"tag" + cssClass + "\">" + Html.escape(text) + "</span>";
    }

    private static String css() {
        try (InputStream in = Objects.requireNonNull(
                ResidencyHtml.class.getResourceAsStream("report.css"), "report.css is missing from the class path")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
