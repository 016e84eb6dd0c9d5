package observatory.geo.address;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** From an address to the value of the longest block that holds it; both families in one table. Immutable. */
public final class PrefixTable<V> {
    private final RangeTable table;
    private final List<V> values;

    private PrefixTable(RangeTable table, List<V> values) {
        this.table = table;
        this.values = values;
    }

    /** The value of the longest block that holds the address, or null when none does. */
    public @Nullable V find(IpAddress address) {
        int index = table.find(address);
        return index == RangeTable.NONE ? null : values.get(index);
    }

    /** Number of blocks added. */
    public int size() {
        return values.size();
    }

    /** Collects blocks; of two equal ones the one added last wins. */
    public static final class Builder<V> {
        private final RangeTable.Builder ranges = new RangeTable.Builder();
        private final List<V> values = new ArrayList<>();

        public Builder<V> put(IpPrefix prefix, V value) {
            ranges.add(prefix, values.size());
            values.add(value);
            return this;
        }

        public PrefixTable<V> build() {
            return new PrefixTable<>(ranges.build(), List.copyOf(values));
        }
    }
}
