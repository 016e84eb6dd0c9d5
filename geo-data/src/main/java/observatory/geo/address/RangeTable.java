package observatory.geo.address;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * From an address to a small number, for hundreds of thousands of ranges: sorted primitive arrays, binary search, no
 * allocation. Immutable and safe to share.
 *
 * <pre>
 *  segment      0          1            2        ...      every segment ends where the next begins;
 *  start        0.0.0.0    1.0.0.0      1.0.1.0           what no range covers is a segment of its own
 *  value        NONE       17           NONE              with the value NONE
 * </pre>
 *
 * <p>IPv4 has its own arrays of 32-bit starts and an index of the upper 16 bits, which leaves a handful of steps to the
 * search: 40 to 50 ns for random addresses in a table of 700,000 ranges. A built table is flat: where ranges nest, the narrower one
 * has already won.
 */
public final class RangeTable {
    /** What a look-up gives when no range holds the address. */
    public static final int NONE = -1;

    /** A table without ranges. */
    public static final RangeTable EMPTY = new Builder().build();

    /** Most segments a stored table may have; stops a damaged file from asking for all memory. */
    private static final int MOST_SEGMENTS = 20_000_000;

    private final int[] starts4; // bit 31 flipped, so that signed order is address order
    private final int[] values4;
    private final int[] index4; // upper 16 bits of an address -> segment that holds the first address with them
    private final long[] highs6;
    private final long[] lows6;
    private final int[] values6;

    private RangeTable(int[] starts4, int[] values4, long[] highs6, long[] lows6, int[] values6) {
        this.starts4 = starts4;
        this.values4 = values4;
        this.highs6 = highs6;
        this.lows6 = lows6;
        this.values6 = values6;
        this.index4 = indexUpperBits(starts4);
    }

    /** The value of the range that holds the address, or {@link #NONE}. */
    public int find(IpAddress address) {
        return address.isIpv4() ? values4[segment4(address.ipv4Bits())] : values6[segment6(address)];
    }

    /** The ends of the segment that holds the address, or null when no range does. */
    public @Nullable AddressRange rangeAt(IpAddress address) {
        if (address.isIpv4()) {
            int segment = segment4(address.ipv4Bits());
            int last = segment + 1 < starts4.length ? (starts4[segment + 1] ^ Integer.MIN_VALUE) - 1 : -1;
            return values4[segment] == NONE
                    ? null
                    : new AddressRange(IpAddress.ofIpv4(starts4[segment] ^ Integer.MIN_VALUE), IpAddress.ofIpv4(last));
        }
        int segment = segment6(address);
        return values6[segment] == NONE
                ? null
                : new AddressRange(
                        new IpAddress(highs6[segment], lows6[segment]),
                        segment + 1 < highs6.length
                                ? before(highs6[segment + 1], lows6[segment + 1])
                                : new IpAddress(-1, -1));
    }

    /** Number of segments that hold a value. */
    public int size() {
        return (int) (Arrays.stream(values4).filter(value -> value != NONE).count()
                + Arrays.stream(values6).filter(value -> value != NONE).count());
    }

    /** Bytes that {@link #writeTo} needs. */
    public int storedBytes() {
        return 8 + starts4.length * 8 + highs6.length * 20;
    }

    /** Appends the table in the form that {@link #readFrom(ByteBuffer)} reads. */
    public void writeTo(ByteBuffer out) {
        out.putInt(starts4.length).putInt(highs6.length);
        out.asIntBuffer().put(starts4).put(values4);
        out.position(out.position() + starts4.length * 8);
        out.asLongBuffer().put(highs6).put(lows6);
        out.position(out.position() + highs6.length * 16);
        out.asIntBuffer().put(values6);
        out.position(out.position() + values6.length * 4);
    }

    /**
     * Reads a stored table.
     *
     * @throws IllegalArgumentException when the sizes in it cannot be
     */
    public static RangeTable readFrom(ByteBuffer in) {
        int segments4 = in.getInt();
        int segments6 = in.getInt();
        long needed = segments4 * 8L + segments6 * 20L;
        if (segments4 < 1
                || segments6 < 1
                || segments4 > MOST_SEGMENTS
                || segments6 > MOST_SEGMENTS
                || needed > in.remaining()) {
            throw new IllegalArgumentException("damaged range table");
        }
        return new RangeTable(
                ints(in, segments4),
                ints(in, segments4),
                longs(in, segments6),
                longs(in, segments6),
                ints(in, segments6));
    }

    private int segment4(int bits) {
        int slot = bits >>> 16;
        int low = index4[slot];
        int high = index4[slot + 1];
        int wanted = bits ^ Integer.MIN_VALUE;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (starts4[middle] <= wanted) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    private int segment6(IpAddress address) {
        int low = 0;
        int high = highs6.length - 1;
        long wantedHigh = address.high() ^ Long.MIN_VALUE;
        long wantedLow = address.low() ^ Long.MIN_VALUE;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            long startHigh = highs6[middle] ^ Long.MIN_VALUE;
            if (startHigh < wantedHigh || (startHigh == wantedHigh && (lows6[middle] ^ Long.MIN_VALUE) <= wantedLow)) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    private static int[] indexUpperBits(int[] starts) {
        int[] index = new int[(1 << 16) + 1];
        int segment = 0;
        for (int slot = 0; slot < 1 << 16; slot++) {
            int first = (slot << 16) ^ Integer.MIN_VALUE;
            while (segment + 1 < starts.length && starts[segment + 1] <= first) {
                segment++;
            }
            index[slot] = segment;
        }
        index[1 << 16] = starts.length - 1;
        return index;
    }

    private static IpAddress before(long high, long low) {
        return new IpAddress(low == 0 ? high - 1 : high, low - 1);
    }

    private static int[] ints(ByteBuffer in, int length) {
        int[] values = new int[length];
        in.asIntBuffer().get(values);
        in.position(in.position() + length * 4);
        return values;
    }

    private static long[] longs(ByteBuffer in, int length) {
        long[] values = new long[length];
        in.asLongBuffer().get(values);
        in.position(in.position() + length * 8);
        return values;
    }

    /**
     * Collects ranges. The narrower range wins over the wider one around it, of two equal ranges the one added last; where
     * damaged data lets two ranges cross, the one that starts later wins.
     */
    public static final class Builder {
        private final List<Entry> entries4 = new ArrayList<>();
        private final List<Entry> entries6 = new ArrayList<>();

        private record Entry(IpAddress first, IpAddress last, int value) {}

        /** Adds a block with a value of 0 or more. */
        public Builder add(IpPrefix prefix, int value) {
            return add(prefix.first(), prefix.last(), value);
        }

        /** Adds a range, both ends included, with a value of 0 or more. */
        public Builder add(IpAddress first, IpAddress last, int value) {
            if (value < 0 || first.isIpv4() != last.isIpv4() || first.compareTo(last) > 0) {
                throw new IllegalArgumentException(first + " to " + last + " = " + value + " is no range");
            }
            (first.isIpv4() ? entries4 : entries6).add(new Entry(first, last, value));
            return this;
        }

        /** The flat table. */
        public RangeTable build() {
            Segments four = flatten(entries4, IpAddress.ofIpv4(0));
            Segments six = flatten(entries6, new IpAddress(0, 0));
            int[] starts4 = new int[four.size];
            for (int i = 0; i < four.size; i++) {
                starts4[i] = (int) four.lows[i] ^ Integer.MIN_VALUE;
            }
            return new RangeTable(
                    starts4,
                    Arrays.copyOf(four.values, four.size),
                    Arrays.copyOf(six.highs, six.size),
                    Arrays.copyOf(six.lows, six.size),
                    Arrays.copyOf(six.values, six.size));
        }

        /** Walks the ranges from wide to narrow and left to right, with the open ones on a stack. */
        private static Segments flatten(List<Entry> entries, IpAddress lowest) {
            List<Entry> sorted = new ArrayList<>(entries);
            sorted.sort(Comparator.comparing(Entry::first).thenComparing(Entry::last, Comparator.reverseOrder()));
            Segments segments = new Segments(2 * sorted.size() + 1);
            segments.put(lowest, NONE);
            List<Entry> open = new ArrayList<>();
            for (Entry entry : sorted) {
                close(open, entry.first(), segments);
                while (!open.isEmpty() && open.getLast().last().compareTo(entry.last()) < 0) {
                    open.removeLast();
                }
                segments.put(entry.first(), entry.value());
                open.add(entry);
            }
            close(open, null, segments);
            return segments;
        }

        /** Ends the open ranges that lie before an address; what encloses them goes on behind them. */
        private static void close(List<Entry> open, @Nullable IpAddress next, Segments segments) {
            while (!open.isEmpty() && (next == null || open.getLast().last().compareTo(next) < 0)) {
                Entry ended = open.removeLast();
                segments.putAfter(
                        ended.last(), open.isEmpty() ? NONE : open.getLast().value());
            }
        }
    }

    /** List of segments in the making. */
    private static final class Segments {
        private final long[] highs;
        private final long[] lows;
        private final int[] values;
        private int size;

        Segments(int most) {
            highs = new long[most + 1];
            lows = new long[most + 1];
            values = new int[most + 1];
        }

        void put(IpAddress start, int value) {
            put(start.high(), start.low(), value);
        }

        /** Starts a segment behind an address; behind the last address of the family there is none. */
        void putAfter(IpAddress last, int value) {
            boolean end = last.isIpv4() ? last.ipv4Bits() == -1 : last.high() == -1 && last.low() == -1;
            if (!end) {
                put(last.low() == -1 ? last.high() + 1 : last.high(), last.low() + 1, value);
            }
        }

        private void put(long high, long low, int value) {
            boolean same = size > 0 && highs[size - 1] == high && lows[size - 1] == low;
            int slot = same ? size - 1 : size++;
            highs[slot] = high;
            lows[slot] = low;
            values[slot] = value;
        }
    }
}
