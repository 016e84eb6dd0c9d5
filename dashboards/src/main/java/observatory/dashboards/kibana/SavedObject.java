package observatory.dashboards.kibana;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * One saved object, one line of an import file.
 *
 * @param type what it is
 * @param id fixed, so that importing again overwrites
 * @param attributes what Kibana keeps; not changed after this
 * @param references the other objects it needs
 */
record SavedObject(Type type, String id, ObjectNode attributes, List<Reference> references) {
    SavedObject {
        references = List.copyOf(references);
    }

    /**
     * The kinds that are written, with the newest form that Kibana 8.19 knows: a higher version is refused on
     * import, none at all sends the object through every migration since 6.x.
     */
    enum Type {
        DATA_VIEW("index-pattern", "8.0.0"),
        SEARCH("search", "10.2.0"),
        DASHBOARD("dashboard", "10.2.0");

        private final String label;
        private final String version;

        Type(String label, String version) {
            this.label = label;
            this.version = version;
        }

        String label() {
            return label;
        }
    }

    /** A named link to another object. */
    record Reference(Type type, String id, String name) {
        ObjectNode json() {
            return Json.object().put("type", type.label()).put("id", id).put("name", name);
        }
    }

    String line() {
        ObjectNode node = Json.object().put("id", id).put("type", type.label());
        node.set("attributes", attributes);
        node.set("references", references(references));
        node.put("coreMigrationVersion", "8.8.0").put("typeMigrationVersion", type.version);
        return Json.text(node.put("managed", false));
    }

    static ArrayNode references(List<Reference> references) {
        ArrayNode array = Json.MAPPER.createArrayNode();
        references.forEach(reference -> array.add(reference.json()));
        return array;
    }
}
