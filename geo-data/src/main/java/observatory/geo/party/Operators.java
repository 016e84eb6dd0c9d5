package observatory.geo.party;

import java.util.LinkedHashMap;
import java.util.Map;
import observatory.geo.catalogue.CatalogueFile;
import observatory.geo.catalogue.Entry;
import org.jspecify.annotations.Nullable;

/** Who runs services and whose law reaches them: {@code operators.yaml}. */
public final class Operators {
    private final Map<String, Operator> byId;

    private Operators(Map<String, Operator> byId) {
        this.byId = Map.copyOf(byId);
    }

    /** Reads and checks the file. */
    public static Operators read(CatalogueFile file) {
        Map<String, Operator> byId = new LinkedHashMap<>();
        for (Entry entry : file.entries("operators")) {
            entry.allow("id", "name", "jurisdictions", "why", "grade", "source", "date");
            Operator operator = new Operator(
                    entry.filled("id"),
                    entry.filled("name"),
                    entry.countries("jurisdictions"),
                    entry.filled("why"),
                    entry.provenance());
            if (byId.put(operator.id(), operator) != null) {
                throw entry.problem("operator '" + operator.id() + "' is given twice");
            }
        }
        return new Operators(byId);
    }

    public @Nullable Operator find(String id) {
        return byId.get(id);
    }
}
