package observatory.geo.party;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import observatory.geo.catalogue.CatalogueFile;
import observatory.geo.catalogue.Entry;
import org.jspecify.annotations.Nullable;

/** Cloud providers, content networks and carriers by AS number: {@code clouds.yaml}. */
public final class Clouds {
    private static final Set<String> KINDS = Set.of("cloud", "cdn", "carrier", "voice");

    private final Map<Long, Cloud> byAsn;

    private Clouds(Map<Long, Cloud> byAsn) {
        this.byAsn = Map.copyOf(byAsn);
    }

    /** Reads and checks the file. */
    public static Clouds read(CatalogueFile file) {
        Map<Long, Cloud> byAsn = new HashMap<>();
        for (Entry entry : file.entries("clouds")) {
            entry.allow("id", "name", "kind", "asns", "jurisdictions", "disputed", "grade", "source", "date");
            if (!KINDS.contains(entry.text("kind"))) {
                throw entry.problem("'kind' must be one of " + KINDS);
            }
            List<String> jurisdictions = entry.countries("jurisdictions");
            Cloud cloud = new Cloud(
                    entry.filled("id"),
                    entry.filled("name"),
                    jurisdictions,
                    entry.flag("disputed"),
                    entry.provenance());
            for (Long asn : entry.asns()) {
                if (byAsn.put(asn, cloud) != null) {
                    throw entry.problem("AS" + asn + " is given twice");
                }
            }
        }
        return new Clouds(byAsn);
    }

    /** Whose network an AS is, or null when the catalogue does not say. */
    public @Nullable Cloud find(long asn) {
        return byAsn.get(asn);
    }
}
