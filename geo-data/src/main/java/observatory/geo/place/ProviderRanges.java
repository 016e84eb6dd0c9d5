package observatory.geo.place;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import observatory.geo.address.IpAddress;
import observatory.geo.address.IpPrefix;
import observatory.geo.address.RangeTable;
import observatory.geo.catalogue.CatalogueFile;
import observatory.geo.catalogue.Entry;
import org.jspecify.annotations.Nullable;

/** Blocks for which a provider publishes the region: its range files and the few of {@code ranges.yaml}. */
public final class ProviderRanges {
    /** No provider says anything. */
    public static final ProviderRanges EMPTY = new Builder().build();

    private final RangeTable ranges;
    private final List<Row> rows;

    private ProviderRanges(RangeTable ranges, List<Row> rows) {
        this.ranges = ranges;
        this.rows = List.copyOf(rows);
    }

    /**
     * What a provider says about a block.
     *
     * @param provider {@code aws}
     * @param region in the provider's words; empty for a block that answers from everywhere
     * @param country ISO 3166-1 alpha-2 where the source itself gives one; else empty, and the region decides
     * @param source file or entry, with its edition
     */
    public record Row(String provider, String region, String country, String source) {
        /** Whether the provider says that the block answers from everywhere. */
        public boolean isGlobal() {
            return region.isEmpty();
        }
    }

    /** What a provider says about the longest of its blocks that holds the address, or null. */
    public @Nullable Row find(IpAddress address) {
        int index = ranges.find(address);
        return index == RangeTable.NONE ? null : rows.get(index);
    }

    /** Number of flat ranges. */
    public int size() {
        return ranges.size();
    }

    /** Collects blocks; of two equal ones the one added last wins. */
    public static final class Builder {
        private final RangeTable.Builder ranges = new RangeTable.Builder();
        private final List<Row> known = new ArrayList<>();
        private final Map<Row, Integer> indices = new HashMap<>();

        public Builder add(IpPrefix block, Row row) {
            Integer index = indices.get(row);
            if (index == null) {
                index = known.size();
                known.add(row);
                indices.put(row, index);
            }
            ranges.add(block, index);
            return this;
        }

        /** Adds the entries of {@code ranges.yaml}. */
        public Builder add(CatalogueFile file) {
            for (Entry entry : file.entries("ranges")) {
                entry.allow("provider", "cidrs", "country", "region", "grade", "source", "date");
                String country = entry.text("country");
                if (CountryTable.number(country) < 0) {
                    throw entry.problem("'" + country + "' is no country code");
                }
                String source = "catalogue, " + entry.provenance();
                Row row = new Row(entry.filled("provider"), entry.filled("region"), country, source);
                entry.all("cidrs", "a block of addresses", IpPrefix::parse).forEach(block -> add(block, row));
            }
            return this;
        }

        public ProviderRanges build() {
            return new ProviderRanges(ranges.build(), known);
        }
    }
}
