package observatory.dashboards.kibana;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How each kind of Lens chart uses its columns. */
final class LensState {
    private LensState() {}

    static ObjectNode metric(LensColumn metric) {
        return layer().put("metricAccessor", metric.id());
    }

    /**
     * Bars or lines.
     *
     * @param series {@code bar_stacked}, {@code line}, {@code bar_horizontal}
     * @param split the column whose values are told apart by colour; null for one colour
     */
    static ObjectNode xy(String series, LensColumn x, @Nullable LensColumn split, LensColumn metric) {
        ObjectNode data = layer().put("seriesType", series).put("xAccessor", x.id());
        if (split != null) {
            data.put("splitAccessor", split.id());
        }
        data.put("position", "top").put("showGridlines", false).set("accessors", Json.array(List.of(metric.id())));
        ObjectNode state = Json.object().put("preferredSeriesType", series);
        state.set("legend", Json.object().put("isVisible", split != null).put("position", "right"));
        state.put("valueLabels", "hide").put("fittingFunction", "None");
        state.set("axisTitlesVisibilitySettings", axes(false));
        state.set("tickLabelsVisibilitySettings", axes(true));
        state.set("gridlinesVisibilitySettings", axes(true));
        state.set("labelsOrientation", Json.object().put("x", 0).put("yLeft", 0).put("yRight", 0));
        state.putArray("layers").add(data);
        return state;
    }

    /** Every shown column, in order. */
    static ObjectNode table(List<LensColumn> columns, LensColumn sortedBy) {
        ObjectNode state = layer();
        ArrayNode shown = state.putArray("columns");
        columns.stream()
                .filter(LensColumn::isShown)
                .forEach(column -> shown.addObject().put("columnId", column.id()));
        state.set("sorting", Json.object().put("columnId", sortedBy.id()).put("direction", "desc"));
        state.set("paging", Json.object().put("enabled", true).put("size", 20));
        return state.put("rowHeight", "auto").put("headerRowHeight", "auto");
    }

    /**
     * A world map coloured by country. The boundaries come from Elastic's map service into the reader's browser; where
     * that cannot be reached, the map stays empty.
     */
    static ObjectNode worldMap(LensColumn country, LensColumn metric) {
        return layer().put("emsLayerId", "world_countries")
                .put("emsField", "iso2")
                .put("regionAccessor", country.id())
                .put("valueAccessor", metric.id());
    }

    private static ObjectNode axes(boolean isShown) {
        return Json.object().put("x", isShown).put("yLeft", isShown).put("yRight", isShown);
    }

    private static ObjectNode layer() {
        return Json.object().put("layerId", TileContent.Lens.LAYER).put("layerType", "data");
    }
}
