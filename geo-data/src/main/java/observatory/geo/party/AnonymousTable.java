package observatory.geo.party;

import com.maxmind.db.CHMCache;
import com.maxmind.db.DatabaseRecord;
import com.maxmind.db.InvalidNetworkException;
import com.maxmind.db.Networks;
import com.maxmind.db.Reader;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import observatory.geo.address.IpAddress;
import observatory.geo.address.IpPrefix;
import observatory.geo.address.RangeTable;

/** Which addresses hide who stands behind them, by the operator's GeoIP2 Anonymous-IP database. */
public final class AnonymousTable {
    /** A database that knows nothing. */
    public static final AnonymousTable EMPTY = new AnonymousTable(RangeTable.EMPTY);

    private static final List<String> KEYS = List.of(
            "is_anonymous_vpn", "is_hosting_provider", "is_public_proxy", "is_residential_proxy", "is_tor_exit_node");
    private static final List<String> WORDS =
            List.of("VPN", "hosting provider", "public proxy", "residential proxy", "Tor exit");

    private final RangeTable ranges;

    private AnonymousTable(RangeTable ranges) {
        this.ranges = ranges;
    }

    /** What the address is listed as, in words; empty when it is not listed. */
    public List<String> find(IpAddress address) {
        int bits = ranges.find(address);
        if (bits <= 0) {
            return List.of();
        }
        List<String> words = new ArrayList<>();
        for (int i = 0; i < WORDS.size(); i++) {
            if ((bits >>> i & 1) == 1) {
                words.add(WORDS.get(i));
            }
        }
        return List.copyOf(words);
    }

    /**
     * The whole database.
     *
     * @throws IOException when the file cannot be read or is no such database
     */
    public static AnonymousTable read(Path file) throws IOException {
        RangeTable.Builder table = new RangeTable.Builder();
        try (Reader reader = new Reader(new File(file.toString()), new CHMCache())) {
            @SuppressWarnings("rawtypes")
            Networks<Map> networks = reader.networks(Map.class);
            while (networks.hasNext()) {
                add(networks.next(), table);
            }
        } catch (InvalidNetworkException | RuntimeException damaged) {
            throw new IOException(file + " is no readable Anonymous-IP database: " + damaged.getMessage(), damaged);
        }
        return new AnonymousTable(table.build());
    }

    /** The stored form, which {@link #readFrom} reads. */
    public ByteBuffer toBytes() {
        ByteBuffer bytes = ByteBuffer.allocate(ranges.storedBytes());
        ranges.writeTo(bytes);
        return bytes.flip();
    }

    public static AnonymousTable readFrom(ByteBuffer bytes) {
        return new AnonymousTable(RangeTable.readFrom(bytes));
    }

    @SuppressWarnings("rawtypes")
    private static void add(DatabaseRecord<Map> row, RangeTable.Builder table) {
        IpAddress first = IpAddress.ofBytes(row.network().networkAddress().getAddress());
        int bits = 0;
        for (int i = 0; row.data() != null && i < KEYS.size(); i++) {
            bits |= Boolean.TRUE.equals(row.data().get(KEYS.get(i))) ? 1 << i : 0;
        }
        if (first != null && bits != 0) {
            table.add(new IpPrefix(first, row.network().prefixLength()), bits);
        }
    }
}
