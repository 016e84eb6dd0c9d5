package observatory.dashboards.kibana;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import observatory.dashboards.panel.Source;

/** How Kibana is shown a family of indices. */
record DataView(Source source) {

    String id() {
        return "observatory-" + source.name().toLowerCase(Locale.ROOT);
    }

    SavedObject.Reference reference(String name) {
        return new SavedObject.Reference(SavedObject.Type.DATA_VIEW, id(), name);
    }

    /**
     * The object to import.
     *
     * @param labels what a person reads instead of a field's name, by field
     */
    SavedObject savedObject(Map<String, String> labels) {
        ObjectNode formats = Json.object();
        if (source != Source.COVERAGE) {
            for (String field : List.of("source.bytes", "destination.bytes", "network.bytes")) {
                formats.set(field, Json.object().put("id", "bytes"));
            }
        }
        ObjectNode names = Json.object();
        labels.forEach((field, label) -> names.set(field, Json.object().put("customLabel", label)));
        ObjectNode attributes = Json.object()
                .put("title", source.pattern())
                .put("name", title())
                .put("timeFieldName", source.timeField())
                .put("fields", "[]")
                .put("fieldAttrs", Json.text(names))
                .put("fieldFormatMap", Json.text(formats))
                .put("runtimeFieldMap", "{}")
                .put("sourceFilters", "[]");
        return new SavedObject(SavedObject.Type.DATA_VIEW, id(), attributes, List.of());
    }

    private String title() {
        return switch (source) {
            case ROLLUPS -> "Observatory: traffic in five minutes";
            case FLOWS -> "Observatory: single flows";
            case ENDPOINTS -> "Observatory: endpoints by first contact";
            case FINDINGS -> "Observatory: findings";
            case COVERAGE -> "Observatory: coverage by sensor and minute";
        };
    }
}
