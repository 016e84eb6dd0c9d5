package observatory.geo.place;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import observatory.geo.catalogue.CatalogueFile;
import observatory.geo.catalogue.Entry;
import observatory.geo.catalogue.Provenance;
import observatory.geo.name.DomainName;
import org.jspecify.annotations.Nullable;

/** Regions that names state: {@code name-regions.yaml}. Pure and immutable. */
public final class NameRegions {
    /** Most parts between hyphens that a region has: {@code eusc-de-east-1}. */
    private static final int MOST_PARTS = 4;

    private static final String ANY = "*";

    private final List<Rule> rules;

    private NameRegions(List<Rule> rules) {
        this.rules = List.copyOf(rules);
    }

    /**
     * What a name states.
     *
     * @param word the part of the name that says it
     * @param region region in the provider's words
     * @param countries one country, or those of an area
     * @param isArea whether the word means an area of several countries
     * @param provenance who says what the word means
     */
    public record Stated(String word, String region, Set<String> countries, boolean isArea, Provenance provenance) {}

    private record Rule(
            List<String> under,
            @Nullable String cloud,
            List<String> strip,
            @Nullable String provider,
            Map<String, Stated> words,
            Regions regions,
            Provenance provenance) {

        /** The part of the name left of the rule's domain, or null when the rule does not look here. */
        @Nullable
        String left(String name, String network) {
            if (cloud != null && !cloud.equals(network)) {
                return null;
            }
            for (String domain : under) {
                if (domain.equals(ANY)) {
                    return name;
                }
                if (name.endsWith(domain) && name.length() > domain.length()) {
                    int end = name.length() - domain.length() - 1;
                    if (name.charAt(end) == '.') {
                        return name.substring(0, end);
                    }
                }
                if (name.equals(domain)) {
                    return "";
                }
            }
            return null;
        }

        @Nullable
        Stated find(String left) {
            Stated any = words.get(ANY);
            int start = 0;
            while (start <= left.length()) {
                int dot = left.indexOf('.', start);
                String label = left.substring(start, dot < 0 ? left.length() : dot);
                Stated stated = inLabel(label);
                if (stated != null) {
                    return stated;
                }
                start = dot < 0 ? left.length() + 1 : dot + 1;
            }
            return any;
        }

        private @Nullable Stated inLabel(String label) {
            String stripped = stripped(label);
            if (provider == null) {
                return words.get(label);
            }
            if (under.contains(ANY)) {
                return word(stripped);
            }
            String[] parts = stripped.split("-", 16);
            for (int length = Math.min(MOST_PARTS, parts.length); length > 0; length--) {
                for (int first = 0; first + length <= parts.length; first++) {
                    Stated stated = word(String.join("-", List.of(parts).subList(first, first + length)));
                    if (stated != null) {
                        return stated;
                    }
                }
            }
            return null;
        }

        private @Nullable Stated word(String text) {
            Regions.Region region = provider == null ? null : regions.find(provider, text);
            return region == null ? null : new Stated(text, text, Set.of(region.country()), false, provenance);
        }

        private String stripped(String label) {
            String text = label;
            for (String edge : strip) {
                if (edge.startsWith("-") && text.endsWith(edge)) {
                    text = text.substring(0, text.length() - edge.length());
                } else if (edge.endsWith("-") && text.startsWith(edge)) {
                    text = text.substring(edge.length());
                }
            }
            return text;
        }
    }

    /** Reads and checks the file. */
    public static NameRegions read(CatalogueFile file, Regions regions) {
        Entry areas = file.root().allow("areas", "rules").entry("areas");
        Map<String, Set<String>> countries = new HashMap<>();
        for (String area : areas.keys()) {
            countries.put(area, Set.copyOf(areas.countries(area)));
        }
        List<Rule> rules = new ArrayList<>();
        for (Entry entry : file.entries("rules")) {
            rules.add(rule(entry, countries, regions));
        }
        return new NameRegions(rules);
    }

    /**
     * What the name states about where its host is, or null when it states nothing.
     *
     * @param cloud cloud whose networks hold the address; empty when none is known
     */
    public @Nullable Stated find(DomainName name, String cloud) {
        for (Rule rule : rules) {
            String left = rule.left(name.text(), cloud);
            Stated stated = left == null ? null : rule.find(left);
            if (stated != null) {
                return stated;
            }
        }
        return null;
    }

    private static Rule rule(Entry entry, Map<String, Set<String>> areas, Regions regions) {
        entry.allow("under", "regions", "strip", "cloud", "words", "grade", "source", "date");
        List<String> under = entry.texts("under");
        String provider = entry.optional("regions").orElse(null);
        String cloud = entry.optional("cloud").orElse(null);
        if (under.isEmpty() || (provider == null) != entry.has("words")) {
            throw entry.problem("a rule needs 'under' and one of 'regions' and 'words'");
        }
        if (under.contains(ANY) && cloud == null) {
            throw entry.problem("a rule for any name needs 'cloud'");
        }
        if (provider != null && !regions.knows(provider)) {
            throw entry.problem("provider '" + provider + "' is not in regions.yaml");
        }
        Provenance provenance = entry.provenance();
        Map<String, Stated> words = entry.has("words") ? words(entry.entry("words"), areas, provenance) : Map.of();
        return new Rule(under, cloud, entry.texts("strip"), provider, words, regions, provenance);
    }

    private static Map<String, Stated> words(Entry list, Map<String, Set<String>> areas, Provenance provenance) {
        Map<String, Stated> words = new HashMap<>();
        for (String word : list.keys()) {
            Entry meaning = list.entry(word).allow("country", "area");
            String area = meaning.optional("area").orElse(null);
            String country = meaning.optional("country").orElse(null);
            Set<String> countries = area == null ? null : areas.get(area);
            if (country != null && CountryTable.number(country) >= 0) {
                words.put(word, new Stated(word, word, Set.of(country), false, provenance));
            } else if (area != null && countries != null) {
                words.put(word, new Stated(word, area, countries, true, provenance));
            } else {
                throw meaning.problem("'" + word + "' needs a known country or area");
            }
        }
        return Map.copyOf(words);
    }
}
