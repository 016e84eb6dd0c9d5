package observatory.dashboards.kibana;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * One panel of a dashboard with its place on the grid of 48 columns.
 *
 * @param id unique in its dashboard
 * @param title shown above it; empty when the content speaks for itself
 */
record Tile(String id, String title, Box box, TileContent content) {

    /** Cells from the upper left corner. */
    record Box(int x, int y, int width, int height) {
        Box {
            if (x < 0 || y < 0 || width < 1 || height < 1 || x + width > 48) {
                throw new IllegalArgumentException(
                        "outside the 48 columns of a dashboard: x " + x + ", width " + width);
            }
        }
    }

    List<SavedObject.Reference> references() {
        return content.references().stream()
                .map(reference -> new SavedObject.Reference(
                        reference.type(), reference.id(), id + ":" + content.referenceName(id, reference.name())))
                .toList();
    }

    ObjectNode json() {
        ObjectNode grid = Json.object()
                .put("x", box.x())
                .put("y", box.y())
                .put("w", box.width())
                .put("h", box.height())
                .put("i", id);
        ObjectNode panel = Json.object().put("type", content.type()).put("panelIndex", id);
        panel.put("title", title).set("gridData", grid);
        panel.set("embeddableConfig", content.config(title));
        if (content instanceof TileContent.Listed) {
            panel.put("panelRefName", content.referenceName(id, ""));
        }
        return panel;
    }
}
