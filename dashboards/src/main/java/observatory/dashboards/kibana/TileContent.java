package observatory.dashboards.kibana;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import observatory.dashboards.panel.Source;

/** What a tile shows. */
sealed interface TileContent {
    /** Kibana's word for the kind of panel; names that 8.19 and 9 both read. */
    String type();

    /** What Kibana keeps of it inside the dashboard. */
    ObjectNode config(String title);

    /** The objects it needs. */
    List<SavedObject.Reference> references();

    /** How the dashboard calls one of the references. */
    default String referenceName(String tileId, String name) {
        return name;
    }

    /** Text in Markdown. */
    record Note(String markdown) implements TileContent {
        @Override
        public String type() {
            return "visualization";
        }

        @Override
        public List<SavedObject.Reference> references() {
            return List.of();
        }

        @Override
        public ObjectNode config(String title) {
            ObjectNode data = Json.object();
            data.set("aggs", Json.array(List.of()));
            data.set("searchSource", Json.object());
            ObjectNode visualization = Json.object()
                    .put("id", "")
                    .put("title", "")
                    .put("description", "")
                    .put("type", "markdown");
            visualization.set("uiState", Json.object());
            visualization.set(
                    "params",
                    Json.object()
                            .put("fontSize", 12)
                            .put("openLinksInNewTab", true)
                            .put("markdown", markdown));
            visualization.set("data", data);
            ObjectNode config = Json.object();
            config.set("enhancements", Json.object());
            config.put("hidePanelTitles", true).set("savedVis", visualization);
            return config;
        }
    }

    /** A list of documents, kept as a saved search of its own. */
    record Listed(SavedObject search) implements TileContent {
        @Override
        public String type() {
            return "search";
        }

        @Override
        public List<SavedObject.Reference> references() {
            return List.of(new SavedObject.Reference(search.type(), search.id(), ""));
        }

        @Override
        public String referenceName(String tileId, String name) {
            return "panel_" + tileId;
        }

        @Override
        public ObjectNode config(String title) {
            ObjectNode config = Json.object();
            config.set("enhancements", Json.object());
            return config;
        }
    }

    /**
     * A Lens chart with one layer.
     *
     * @param visualization Lens' name of the chart: {@code lnsXY}, {@code lnsMetric}, ...
     * @param query KQL, empty for everything
     * @param description shown when the reader points at the tile's information sign
     * @param state how the chart uses the columns; names the layer as {@link #LAYER}
     */
    record Lens(
            String visualization,
            Source source,
            String query,
            String description,
            List<LensColumn> columns,
            ObjectNode state)
            implements TileContent {
        static final String LAYER = "layer";

        public Lens {
            columns = List.copyOf(columns);
        }

        @Override
        public String type() {
            return "lens";
        }

        @Override
        public List<SavedObject.Reference> references() {
            return List.of(new DataView(source).reference("indexpattern-datasource-layer-" + LAYER));
        }

        @Override
        public ObjectNode config(String title) {
            ObjectNode attributes = Json.object()
                    .put("title", title)
                    .put("description", description)
                    .put("type", "lens")
                    .put("visualizationType", visualization);
            attributes.set("references", SavedObject.references(references()));
            attributes.set("state", lensState());
            ObjectNode config = Json.object();
            config.set("enhancements", Json.object());
            // A metric carries its own label.
            config.put("hidePanelTitles", visualization.equals("lnsMetric")).set("attributes", attributes);
            return config;
        }

        private ObjectNode lensState() {
            ObjectNode lens = Json.object();
            lens.set("query", Json.object().put("query", query).put("language", "kuery"));
            lens.set("filters", Json.array(List.of()));
            lens.set("internalReferences", Json.array(List.of()));
            lens.set("adHocDataViews", Json.object());
            lens.set("visualization", state);
            ObjectNode sources = Json.object();
            sources.set("formBased", layers(layer()));
            sources.set("textBased", Json.object().set("layers", Json.object()));
            lens.set("datasourceStates", sources);
            return lens;
        }

        private static ObjectNode layers(ObjectNode layer) {
            return Json.object().set("layers", Json.object().set(LAYER, layer));
        }

        private ObjectNode layer() {
            ObjectNode byId = Json.object();
            columns.forEach(column -> byId.set(column.id(), column.json()));
            // Buckets first, outermost before innermost, then metrics: a stable sort keeps both orders.
            List<LensColumn> ordered = new ArrayList<>(columns);
            ordered.sort(Comparator.comparing(column -> !column.isBucket()));
            ObjectNode layer = Json.object();
            layer.set("columns", byId);
            layer.set(
                    "columnOrder",
                    Json.array(ordered.stream().map(LensColumn::id).toList()));
            layer.set("incompleteColumns", Json.object());
            return layer.put("ignoreGlobalFilters", false).put("sampling", 1);
        }
    }
}
