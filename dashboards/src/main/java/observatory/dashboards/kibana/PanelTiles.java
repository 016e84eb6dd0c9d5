package observatory.dashboards.kibana;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import observatory.dashboards.panel.Breakdown;
import observatory.dashboards.panel.Chart;
import observatory.dashboards.panel.Column;
import observatory.dashboards.panel.Content;
import observatory.dashboards.panel.Match;
import observatory.dashboards.panel.Measure;
import observatory.dashboards.panel.Panel;

/**
 * One panel as the tiles that answer it in Kibana: usually one. A panel that asks for places becomes two, because Lens
 * cannot show countries and doubtful places in one chart, and a country figure never stands alone.
 */
final class PanelTiles {
    private static final String AGREED_ONLY =
            "Only places on which the evidence agrees; the rest is in the tile beside it. ";

    private final Panel panel;

    private PanelTiles(Panel panel) {
        this.panel = panel;
    }

    /** A tile that has no place on the grid yet. */
    record Loose(String id, String title, TileContent content) {}

    static List<Loose> of(Panel panel) {
        return new PanelTiles(panel).tiles();
    }

    private List<Loose> tiles() {
        return switch (panel.content()) {
            case Content.Listing listing -> List.of(loose(new TileContent.Listed(search(listing))));
            case Content.Figures figures -> figures(figures);
        };
    }

    private List<Loose> figures(Content.Figures figures) {
        Measure first = figures.measures().get(0);
        return switch (panel.chart()) {
            case METRIC -> List.of(loose(metric(first)));
            case WORLD_MAP ->
                List.of(
                        new Loose(panel.id(), panel.title() + " (agreed places)", worldMap(first)),
                        new Loose(
                                panel.id() + "-table",
                                panel.title() + ", with what is doubtful",
                                places(figures.measures())));
            case OVER_TIME, BARS -> series(figures, first);
            case TABLE -> List.of(loose(table(figures)));
        };
    }

    private List<Loose> series(Content.Figures figures, Measure measure) {
        if (figures.breakdowns().stream().noneMatch(Breakdown.Place.class::isInstance)) {
            return List.of(loose(chart(measure, figures.breakdowns(), List.of(), "")));
        }
        List<Breakdown> byCountry = replacePlace(figures.breakdowns(), Breakdown.Place.COUNTRY);
        List<Breakdown> byState = replacePlace(figures.breakdowns(), Breakdown.Place.STATE);
        List<Match> agreed = List.of(Match.is(Breakdown.Place.STATE, Breakdown.Place.AGREED));
        return List.of(
                new Loose(
                        panel.id(), panel.title() + " (agreed places)", chart(measure, byCountry, agreed, AGREED_ONLY)),
                new Loose(
                        panel.id() + "-state",
                        panel.title() + ": how sure the place is",
                        chart(measure, byState, List.of(), "")));
    }

    private static List<Breakdown> replacePlace(List<Breakdown> breakdowns, String field) {
        return breakdowns.stream()
                .map(breakdown -> breakdown instanceof Breakdown.Place place
                        ? new Breakdown.Terms(place.label(), List.of(field), place.size(), "")
                        : breakdown)
                .toList();
    }

    private TileContent metric(Measure measure) {
        List<LensColumn> columns = LensColumn.measure(measure);
        return lens("lnsMetric", List.of(), "", columns, LensState.metric(columns.get(0)));
    }

    private TileContent worldMap(Measure measure) {
        List<LensColumn> metric = LensColumn.measure(measure);
        LensColumn country =
                LensColumn.terms("country", "Country", List.of(Breakdown.Place.COUNTRY), 250, metric.get(0), false);
        return lens(
                "lnsChoropleth",
                List.of(Match.is(Breakdown.Place.STATE, Breakdown.Place.AGREED)),
                AGREED_ONLY + "The map's outlines come from Elastic's map service; without it this tile is empty. ",
                joined(List.of(country), metric),
                LensState.worldMap(country, metric.get(0)));
    }

    /** By state, then country; documents without a country stay in as a row of their own. */
    private TileContent places(List<Measure> measures) {
        List<LensColumn> metrics = metrics(measures);
        LensColumn first = metrics.get(0);
        LensColumn state = LensColumn.terms("state", "Place", List.of(Breakdown.Place.STATE), 5, first, true);
        LensColumn country = LensColumn.terms("country", "Country", List.of(Breakdown.Place.COUNTRY), 250, first, true);
        List<LensColumn> columns = joined(List.of(state, country), metrics);
        return lens("lnsDatatable", List.of(), "", columns, LensState.table(columns, first));
    }

    private TileContent table(Content.Figures figures) {
        List<LensColumn> metrics = metrics(figures.measures());
        List<LensColumn> columns = joined(groups(figures.breakdowns(), metrics.get(0)), metrics);
        return lens("lnsDatatable", List.of(), "", columns, LensState.table(columns, metrics.get(0)));
    }

    private TileContent chart(Measure measure, List<Breakdown> breakdowns, List<Match> where, String note) {
        List<LensColumn> metric = LensColumn.measure(measure);
        List<LensColumn> groups = groups(breakdowns, metric.get(0));
        LensColumn x = groups.stream()
                .filter(group -> group.json().get("operationType").asText().equals("date_histogram"))
                .findFirst()
                .orElseGet(() -> groups.get(0));
        LensColumn split = groups.stream()
                .filter(group -> !group.id().equals(x.id()))
                .findFirst()
                .orElse(null);
        String series = panel.chart() == Chart.BARS
                ? "bar_horizontal"
                : measure instanceof Measure.Share ? "line" : "bar_stacked";
        return lens("lnsXY", where, note, joined(groups, metric), LensState.xy(series, x, split, metric.get(0)));
    }

    private List<LensColumn> groups(List<Breakdown> breakdowns, LensColumn orderBy) {
        List<LensColumn> groups = new ArrayList<>();
        for (Breakdown breakdown : breakdowns) {
            String id = "group" + (groups.size() + 1);
            groups.add(
                    switch (breakdown) {
                        case Breakdown.Time time ->
                            LensColumn.time(id, time.label(), panel.source().timeField());
                        case Breakdown.Terms terms ->
                            LensColumn.terms(
                                    id,
                                    terms.label(),
                                    terms.fields(),
                                    terms.size(),
                                    orderBy,
                                    !terms.missing().isEmpty());
                        case Breakdown.Place place ->
                            LensColumn.terms(id, place.label(), List.of(Breakdown.Place.STATE), 5, orderBy, true);
                    });
        }
        return groups;
    }

    private static List<LensColumn> metrics(List<Measure> measures) {
        return measures.stream()
                .flatMap(measure -> LensColumn.measure(measure).stream())
                .toList();
    }

    private static List<LensColumn> joined(List<LensColumn> groups, List<LensColumn> metrics) {
        return Stream.concat(groups.stream(), metrics.stream()).toList();
    }

    private TileContent lens(
            String visualization, List<Match> where, String note, List<LensColumn> columns, ObjectNode state) {
        List<Match> all =
                Stream.concat(panel.where().stream(), where.stream()).distinct().toList();
        String description = panel.question() + " " + note + panel.help();
        return new TileContent.Lens(visualization, panel.source(), Kql.of(all), description, columns, state);
    }

    private SavedObject search(Content.Listing listing) {
        ObjectNode source = Json.object();
        source.set("query", Json.object().put("query", Kql.of(panel.where())).put("language", "kuery"));
        source.set("filter", Json.array(List.of()));
        String reference = "kibanaSavedObjectMeta.searchSourceJSON.index";
        source.put("indexRefName", reference);
        ObjectNode attributes = Json.object().put("title", "Observatory: " + panel.title());
        attributes.put("description", panel.question() + " " + panel.help());
        attributes.set(
                "columns",
                Json.array(listing.columns().stream().map(Column::field).toList()));
        ArrayNode sort = attributes.putArray("sort");
        listing.sort().forEach(field -> sort.add(Json.array(List.of(field, "desc"))));
        attributes.set("grid", Json.object());
        attributes.put("hideChart", true).put("isTextBasedQuery", false).put("timeRestore", false);
        attributes.set("kibanaSavedObjectMeta", Json.object().put("searchSourceJSON", Json.text(source)));
        return new SavedObject(
                SavedObject.Type.SEARCH,
                "observatory-" + panel.id(),
                attributes,
                List.of(new DataView(panel.source()).reference(reference)));
    }

    private Loose loose(TileContent content) {
        return new Loose(panel.id(), panel.title(), content);
    }
}
