package observatory.geo.place;

import java.nio.ByteBuffer;
import observatory.geo.address.IpAddress;
import observatory.geo.address.RangeTable;
import org.jspecify.annotations.Nullable;

/** A country database in flat form: from an address to ISO 3166-1 alpha-2. */
public final class CountryTable {
    /** A database that knows nothing. */
    public static final CountryTable EMPTY = new CountryTable(RangeTable.EMPTY);

    private static final String[] CODES = new String[26 * 26];

    static {
        for (int i = 0; i < CODES.length; i++) {
            CODES[i] = String.valueOf(new char[] {(char) ('A' + i / 26), (char) ('A' + i % 26)});
        }
    }

    private final RangeTable ranges;

    CountryTable(RangeTable ranges) {
        this.ranges = ranges;
    }

    /** The country of an address, or null when the database does not know it. */
    public @Nullable String find(IpAddress address) {
        int value = ranges.find(address);
        return value < 0 || value >= CODES.length ? null : CODES[value];
    }

    /** Number of ranges with a country. */
    public int size() {
        return ranges.size();
    }

    /** The number that stands for a code in a table, or -1 when the text is no code of two letters. */
    static int number(String code) {
        if (code.length() != 2 || !isCapital(code.charAt(0)) || !isCapital(code.charAt(1))) {
            return -1;
        }
        return (code.charAt(0) - 'A') * 26 + code.charAt(1) - 'A';
    }

    /** The stored form, which {@link #readFrom} reads. */
    public ByteBuffer toBytes() {
        ByteBuffer bytes = ByteBuffer.allocate(ranges.storedBytes());
        ranges.writeTo(bytes);
        return bytes.flip();
    }

    public static CountryTable readFrom(ByteBuffer bytes) {
        return new CountryTable(RangeTable.readFrom(bytes));
    }

    private static boolean isCapital(char c) {
        return c >= 'A' && c <= 'Z';
    }
}
