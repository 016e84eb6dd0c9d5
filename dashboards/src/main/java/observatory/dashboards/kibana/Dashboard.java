package observatory.dashboards.kibana;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import observatory.dashboards.panel.Source;

/**
 * A dashboard: tiles on a grid, and the controls above them.
 *
 * @param timeFrom what the time picker shows when the dashboard opens, as Kibana date math
 */
record Dashboard(
        String id,
        String title,
        String description,
        String timeFrom,
        String timeTo,
        List<Control> controls,
        List<Tile> tiles) {
    Dashboard {
        controls = List.copyOf(controls);
        tiles = List.copyOf(tiles);
        if (tiles.stream().map(Tile::id).distinct().count() != tiles.size()) {
            throw new IllegalArgumentException("two tiles of dashboard " + id + " have the same id");
        }
    }

    /** A list to choose values of one field from. */
    record Control(String id, String title, String field, Source source) {
        private ObjectNode json(int order) {
            ObjectNode input = Json.object()
                    .put("id", id)
                    .put("dataViewId", new DataView(source).id())
                    .put("fieldName", field)
                    .put("title", title)
                    .put("searchTechnique", "prefix");
            input.set("selectedOptions", Json.array(List.of()));
            input.set("sort", Json.object().put("by", "_count").put("direction", "desc"));
            input.set("enhancements", Json.object());
            ObjectNode control = Json.object()
                    .put("order", order)
                    .put("width", "medium")
                    .put("grow", true)
                    .put("type", "optionsListControl");
            control.set("explicitInput", input);
            return control;
        }
    }

    SavedObject savedObject() {
        ObjectNode attributes = Json.object()
                .put("title", title)
                .put("description", description)
                .put("version", 1)
                .put("timeRestore", true)
                .put("timeFrom", timeFrom)
                .put("timeTo", timeTo);
        attributes.set("refreshInterval", Json.object().put("pause", true).put("value", 60_000));
        attributes.set("kibanaSavedObjectMeta", Json.object().put("searchSourceJSON", emptySearch()));
        attributes.put("optionsJSON", options()).put("panelsJSON", panels());
        attributes.set("controlGroupInput", controlGroup());
        return new SavedObject(SavedObject.Type.DASHBOARD, id, attributes, references());
    }

    private List<SavedObject.Reference> references() {
        List<SavedObject.Reference> references = new ArrayList<>();
        tiles.forEach(tile -> references.addAll(tile.references()));
        for (Control control : controls) {
            references.add(
                    new DataView(control.source()).reference("controlGroup_" + control.id() + ":optionsListDataView"));
        }
        return references;
    }

    private String panels() {
        ArrayNode array = Json.MAPPER.createArrayNode();
        tiles.forEach(tile -> array.add(tile.json()));
        return Json.text(array);
    }

    private ObjectNode controlGroup() {
        ObjectNode panels = Json.object();
        for (int i = 0; i < controls.size(); i++) {
            panels.set(controls.get(i).id(), controls.get(i).json(i));
        }
        ObjectNode heedsAll = Json.object()
                .put("ignoreFilters", false)
                .put("ignoreQuery", false)
                .put("ignoreTimerange", false)
                .put("ignoreValidations", false);
        return Json.object()
                .put("controlStyle", "oneLine")
                .put("chainingSystem", "HIERARCHICAL")
                .put("showApplySelections", false)
                .put("ignoreParentSettingsJSON", Json.text(heedsAll))
                .put("panelsJSON", Json.text(panels));
    }

    private static String options() {
        return Json.text(Json.object()
                .put("useMargins", true)
                .put("syncColors", true)
                .put("syncCursor", true)
                .put("syncTooltips", false)
                .put("hidePanelTitles", false));
    }

    private static String emptySearch() {
        ObjectNode search = Json.object();
        search.set("query", Json.object().put("query", "").put("language", "kuery"));
        search.set("filter", Json.array(List.of()));
        return Json.text(search);
    }
}
