package observatory.geo.place;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import observatory.geo.catalogue.CatalogueFile;
import observatory.geo.catalogue.Entry;
import observatory.geo.catalogue.Provenance;
import org.jspecify.annotations.Nullable;

/** Which country a provider's region lies in: {@code regions.yaml}. */
public final class Regions {
    private final Map<String, Map<String, Region>> byProvider;

    private Regions(Map<String, Map<String, Region>> byProvider) {
        this.byProvider = byProvider;
    }

    /**
     * A region of a provider.
     *
     * @param provider {@code aws}, {@code azure}, ...
     * @param name in the provider's words, {@code eu-central-1}
     * @param country ISO 3166-1 alpha-2
     * @param place city or area
     * @param provenance who says so
     */
    public record Region(String provider, String name, String country, String place, Provenance provenance) {}

    /** Reads and checks the file. */
    public static Regions read(CatalogueFile file) {
        Map<String, Map<String, Region>> byProvider = new HashMap<>();
        for (Entry entry : file.entries("providers")) {
            entry.allow("id", "grade", "source", "date", "regions");
            String provider = entry.filled("id");
            Provenance provenance = entry.provenance();
            Entry list = entry.entry("regions");
            Map<String, Region> regions = new HashMap<>();
            for (String name : list.keys()) {
                List<String> at = list.texts(name);
                if (at.size() != 2 || CountryTable.number(at.get(0)) < 0) {
                    throw list.problem("region '" + name + "' needs [country, place]");
                }
                regions.put(name, new Region(provider, name, at.get(0), at.get(1), provenance));
            }
            if (byProvider.put(provider, Map.copyOf(regions)) != null) {
                throw entry.problem("provider '" + provider + "' is given twice");
            }
        }
        return new Regions(Map.copyOf(byProvider));
    }

    /** A region, or null when the catalogue does not know it. */
    public @Nullable Region find(String provider, String name) {
        return byProvider.getOrDefault(provider, Map.of()).get(name);
    }

    public boolean knows(String provider) {
        return byProvider.containsKey(provider);
    }
}
