package observatory.geo.party;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import observatory.geo.catalogue.CatalogueFile;
import observatory.geo.catalogue.Entry;
import observatory.geo.catalogue.Replacement;
import observatory.geo.name.DomainName;
import observatory.geo.name.SuffixTable;
import org.jspecify.annotations.Nullable;

/**
 * Cloud providers, content networks and carriers by AS number and by the domains under which they name their customers'
 * hosts: {@code clouds.yaml}, the product's and over it the user's.
 */
public final class Clouds {
    private final Map<Long, Cloud> byAsn;
    private final Map<DomainName, Cloud> byDomain;
    private final SuffixTable<Cloud> names;
    private final List<Replacement> replacements;

    private Clouds(Map<Long, Cloud> byAsn, Map<DomainName, Cloud> byDomain, List<Replacement> replacements) {
        this.byAsn = Map.copyOf(byAsn);
        this.byDomain = Map.copyOf(byDomain);
        SuffixTable.Builder<Cloud> suffixes = new SuffixTable.Builder<>();
        byDomain.forEach(suffixes::putSuffix);
        this.names = suffixes.build();
        this.replacements = List.copyOf(replacements);
    }

    /** Reads and checks the file. */
    public static Clouds read(CatalogueFile file) {
        Map<Long, Cloud> byAsn = new HashMap<>();
        Map<DomainName, Cloud> byDomain = new HashMap<>();
        for (Entry entry : file.entries("clouds")) {
            entry.allow(
                    "id", "name", "kind", "asns", "domains", "jurisdictions", "disputed", "grade", "source", "date");
            Cloud cloud = new Cloud(
                    entry.filled("id"),
                    entry.filled("name"),
                    kind(entry),
                    entry.countries("jurisdictions"),
                    entry.flag("disputed"),
                    entry.provenance());
            for (Long asn : entry.asns()) {
                if (byAsn.put(asn, cloud) != null) {
                    throw entry.problem("AS" + asn + " is given twice");
                }
            }
            for (DomainName domain : entry.all("domains", "a domain name", DomainName::parse)) {
                if (byDomain.put(domain, cloud) != null) {
                    throw entry.problem("domain " + domain.text() + " is given twice");
                }
            }
        }
        return new Clouds(byAsn, byDomain, List.of());
    }

    /** These and those of the user's file, which win where both have the same AS or domain. */
    public Clouds with(CatalogueFile own) {
        Clouds mine = read(own);
        Map<Long, Cloud> asns = new HashMap<>(byAsn);
        Map<DomainName, Cloud> domains = new HashMap<>(byDomain);
        asns.putAll(mine.byAsn);
        domains.putAll(mine.byDomain);
        List<Replacement> replaced = new ArrayList<>();
        for (Entry entry : own.entries("clouds")) {
            Stream.concat(
                            entry.asns().stream()
                                    .filter(byAsn::containsKey)
                                    .map(asn -> "AS" + asn + ", which was of " + cloud(asn)),
                            entry.texts("domains").stream()
                                    .filter(domain -> byDomain.containsKey(DomainName.of(domain)))
                                    .map(domain -> "domain " + domain))
                    .forEach(what -> replaced.add(entry.replaces(what)));
        }
        return new Clouds(asns, domains, replaced);
    }

    /** Whose network an AS is, or null when the catalogue does not say. */
    public @Nullable Cloud find(long asn) {
        return byAsn.get(asn);
    }

    /** In whose domain a name is, or null when in nobody's that hosts others. */
    public @Nullable Cloud find(DomainName name) {
        SuffixTable.Match<Cloud> match = names.find(name);
        return match == null ? null : match.value();
    }

    /** What the user's file replaced. */
    public List<Replacement> replacements() {
        return replacements;
    }

    private String cloud(long asn) {
        Cloud cloud = byAsn.get(asn);
        return cloud == null ? "nobody" : cloud.name();
    }

    private static Cloud.Kind kind(Entry entry) {
        for (Cloud.Kind kind : Cloud.Kind.values()) {
            if (kind.name().toLowerCase(Locale.ROOT).equals(entry.text("kind"))) {
                return kind;
            }
        }
        throw entry.problem("'kind' must be cloud, cdn, carrier or voice, not '" + entry.text("kind") + "'");
    }
}
