package observatory.geo.party;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import observatory.geo.address.AddressRange;
import observatory.geo.address.IpAddress;
import observatory.geo.address.RangeTable;
import observatory.geo.catalogue.TextPool;
import org.jspecify.annotations.Nullable;

/** From an address to the AS that announces it and the organisation behind the AS. */
public final class NetworkTable {
    /** A table that knows no network. */
    public static final NetworkTable EMPTY =
            new NetworkTable(RangeTable.EMPTY, new int[0], new int[0], new TextPool.Builder().build());

    private final RangeTable ranges;
    private final int[] asns; // unsigned
    private final int[] names;
    private final TextPool texts;

    private NetworkTable(RangeTable ranges, int[] asns, int[] names, TextPool texts) {
        this.ranges = ranges;
        this.asns = asns;
        this.names = names;
        this.texts = texts;
    }

    /**
     * One row of the table.
     *
     * @param asn AS number
     * @param organisation name of the AS; may be empty
     * @param range the announced range that holds the address
     */
    public record Row(long asn, String organisation, AddressRange range) {}

    /** The row that holds an address, or null when nobody announces it. */
    public @Nullable Row find(IpAddress address) {
        int index = ranges.find(address);
        AddressRange range = index == RangeTable.NONE ? null : ranges.rangeAt(address);
        return range == null || index >= asns.length
                ? null
                : new Row(Integer.toUnsignedLong(asns[index]), texts.get(names[index]), range);
    }

    /** AS number alone, without allocation; 0 when nobody announces the address. */
    public long asn(IpAddress address) {
        int index = ranges.find(address);
        return index < 0 || index >= asns.length ? 0 : Integer.toUnsignedLong(asns[index]);
    }

    /** Number of announced ranges. */
    public int size() {
        return ranges.size();
    }

    /** The stored form, which {@link #readFrom} reads. */
    public ByteBuffer toBytes() {
        ByteBuffer out = ByteBuffer.allocate(ranges.storedBytes() + 4 + asns.length * 8 + texts.storedBytes());
        ranges.writeTo(out);
        out.putInt(asns.length);
        out.asIntBuffer().put(asns).put(names);
        out.position(out.position() + asns.length * 8);
        texts.writeTo(out);
        return out.flip();
    }

    public static NetworkTable readFrom(ByteBuffer in) {
        RangeTable ranges = RangeTable.readFrom(in);
        int count = in.getInt();
        if (count < 0 || in.remaining() < count * 8L) {
            throw new IllegalArgumentException("damaged network table");
        }
        int[] asns = new int[count];
        int[] names = new int[count];
        in.asIntBuffer().get(asns).get(names);
        in.position(in.position() + count * 8);
        return new NetworkTable(ranges, asns, names, TextPool.readFrom(in));
    }

    /** Collects announced ranges. */
    public static final class Builder {
        private final RangeTable.Builder ranges = new RangeTable.Builder();
        private final TextPool.Builder texts = new TextPool.Builder();
        private final Map<Long, Integer> known = new HashMap<>();
        private final List<Integer> names = new ArrayList<>();
        private final List<Integer> asns = new ArrayList<>();

        /** Adds a range; the first name given for an AS stays its name. */
        public Builder add(IpAddress first, IpAddress last, long asn, String organisation) {
            Integer index = known.get(asn);
            if (index == null) {
                index = asns.size();
                known.put(asn, index);
                asns.add((int) asn);
                names.add(texts.add(organisation));
            }
            ranges.add(first, last, index);
            return this;
        }

        public NetworkTable build() {
            return new NetworkTable(ranges.build(), array(asns), array(names), texts.build());
        }

        private static int[] array(List<Integer> values) {
            return values.stream().mapToInt(Integer::intValue).toArray();
        }
    }
}
