package observatory.dashboards.kibana;

import java.util.ArrayList;
import java.util.List;
import observatory.dashboards.panel.Chart;
import observatory.dashboards.panel.Content;
import observatory.dashboards.panel.Match;
import observatory.dashboards.panel.Measure;
import observatory.dashboards.panel.Panel;
import observatory.dashboards.panel.Source;

/** Lays the panels out as one dashboard: how to read it, big numbers, charts, tables, and where the data came from. */
final class Overview {
    private static final String READING_HELP = """
            ### Who do the phones talk to, and where does that answer?
            **Operator**, **host network**, **place** and **jurisdiction** are four answers to four questions; none stands for another. \
            A *place* is where the first address answers, and is named only where the evidence agrees: *disputed*, *anycast* and *unknown* \
            places are never counted for a country. What happens behind the first hop, and what the packets contain, is not visible here. \
            Read every figure together with **Coverage**: in a silent minute nothing was seen, which is not the same as nothing happened.
            """;

    private static final String ATTRIBUTIONS = """
            Countries: [IP Geolocation by DB-IP](https://db-ip.com) (CC BY 4.0) and registry data of the \
            [Number Resource Organization](https://www.nro.net); networks: [RouteViews](https://www.routeviews.org) (CC BY 4.0). \
            The editions used are in every document (`observatory.snapshot`) and in the residency report. \
            The outlines of the map are loaded from Elastic's map service by your browser; where that is switched off, \
            the table beside the map says the same.
            """;

    private static final Measure SIMULATED = new Measure.Share(
            "simulated",
            "Simulated",
            List.of("observatory.flows"),
            List.of(Match.is("observatory.simulated", "true")),
            "observatory.flows");

    private static final List<Dashboard.Control> CONTROLS = List.of(
            new Dashboard.Control("site", "Site", "observatory.site", Source.ROLLUPS),
            new Dashboard.Control("maker", "Maker", "device.manufacturer", Source.ROLLUPS),
            new Dashboard.Control("device", "Device (pseudonym)", "device.id", Source.ROLLUPS));

    private static final int COLUMNS = 48;
    private static final int METRICS_IN_A_ROW = 8;

    private final List<Tile> tiles = new ArrayList<>();
    private int x;
    private int y;
    private int rowHeight;

    private Overview() {}

    static Dashboard of(List<Panel> panels, String timeFrom, String timeTo) {
        Overview overview = new Overview();
        overview.put(
                new PanelTiles.Loose("reading-help", "How to read this", new TileContent.Note(READING_HELP)), 42, 7);
        overview.put(PanelTiles.of(simulatedShare()).get(0), 6, 7);
        panels.forEach(overview::put);
        overview.put(new PanelTiles.Loose("attributions", "Data", new TileContent.Note(ATTRIBUTIONS)), COLUMNS, 5);
        return new Dashboard(
                KibanaExport.OVERVIEW_ID,
                "Observatory: overview",
                "Who the phones talk to, whose service and network that is, where it answers, and how sure that is.",
                timeFrom,
                timeTo,
                CONTROLS,
                overview.tiles);
    }

    private static Panel simulatedShare() {
        return new Panel(
                "simulated",
                "Simulated",
                "Which share of the flows is simulated?",
                "Simulated flows were made up by this product for a demonstration; they are no observation.",
                Source.ROLLUPS,
                List.of(),
                Chart.METRIC,
                new Content.Figures(List.of(SIMULATED), List.of()));
    }

    private void put(Panel panel) {
        List<PanelTiles.Loose> loose = PanelTiles.of(panel);
        int width = panel.chart() == Chart.METRIC ? COLUMNS / METRICS_IN_A_ROW : COLUMNS / loose.size();
        int height = switch (panel.chart()) {
            case METRIC -> 6;
            case WORLD_MAP -> 18;
            case BARS, OVER_TIME -> 13;
            case TABLE -> 16;
        };
        loose.forEach(tile -> put(tile, width, height));
    }

    private void put(PanelTiles.Loose tile, int width, int height) {
        if (x + width > COLUMNS) {
            y += rowHeight;
            x = 0;
            rowHeight = 0;
        }
        tiles.add(new Tile(tile.id(), tile.title(), new Tile.Box(x, y, width, height), tile.content()));
        x += width;
        rowHeight = Math.max(rowHeight, height);
    }
}
