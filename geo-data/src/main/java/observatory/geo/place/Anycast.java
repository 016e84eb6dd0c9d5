package observatory.geo.place;

import java.util.HashMap;
import java.util.Map;
import observatory.geo.address.IpAddress;
import observatory.geo.address.IpPrefix;
import observatory.geo.address.PrefixTable;
import observatory.geo.catalogue.CatalogueFile;
import observatory.geo.catalogue.Entry;
import observatory.geo.catalogue.Provenance;
import observatory.geo.name.DomainName;
import observatory.geo.name.SuffixTable;
import org.jspecify.annotations.Nullable;

/** Networks, blocks and names that answer from many places at once: {@code anycast.yaml}. */
public final class Anycast {
    private final Map<Long, Known> networks = new HashMap<>();
    private final PrefixTable<Known> blocks;
    private final SuffixTable<Known> names;

    /**
     * Why an address has no single place.
     *
     * @param what who answers from many places
     * @param provenance who says so
     */
    public record Known(String what, Provenance provenance) {}

    private Anycast(CatalogueFile file) {
        file.root().allow("networks", "blocks", "names");
        for (Entry entry : file.entries("networks")) {
            Known known = known(entry, "asns");
            entry.asns().forEach(asn -> networks.put(asn, known));
        }
        PrefixTable.Builder<Known> byBlock = new PrefixTable.Builder<>();
        for (Entry entry : file.entries("blocks")) {
            Known known = known(entry, "cidrs");
            entry.all("cidrs", "a block of addresses", IpPrefix::parse).forEach(block -> byBlock.put(block, known));
        }
        this.blocks = byBlock.build();
        SuffixTable.Builder<Known> byName = new SuffixTable.Builder<>();
        for (Entry entry : file.entries("names")) {
            Known known = known(entry, "suffixes");
            entry.all("suffixes", "a domain name", DomainName::parse).forEach(name -> byName.putSuffix(name, known));
        }
        this.names = byName.build();
    }

    /** Reads and checks the file. */
    public static Anycast read(CatalogueFile file) {
        return new Anycast(file);
    }

    /** Why an address has no single place, or null when nothing says so. */
    public @Nullable Known find(IpAddress address, long asn, @Nullable DomainName name, @Nullable DomainName target) {
        Known known = blocks.find(address);
        if (known == null) {
            known = networks.get(asn);
        }
        if (known == null) {
            known = byName(target);
        }
        return known != null ? known : byName(name);
    }

    private @Nullable Known byName(@Nullable DomainName name) {
        SuffixTable.Match<Known> match = name == null ? null : names.find(name);
        return match == null ? null : match.value();
    }

    private static Known known(Entry entry, String by) {
        entry.allow(by, "what", "grade", "source", "date");
        return new Known(entry.filled("what"), entry.provenance());
    }
}
