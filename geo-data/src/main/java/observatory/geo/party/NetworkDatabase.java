package observatory.geo.party;

import com.maxmind.db.CHMCache;
import com.maxmind.db.DatabaseRecord;
import com.maxmind.db.InvalidNetworkException;
import com.maxmind.db.MaxMindDbConstructor;
import com.maxmind.db.MaxMindDbParameter;
import com.maxmind.db.Networks;
import com.maxmind.db.Reader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import observatory.geo.address.IpAddress;
import observatory.geo.address.IpPrefix;
import org.jspecify.annotations.Nullable;

/** Reads a GeoLite2 or GeoIP2 ASN database into a {@link NetworkTable}. */
public final class NetworkDatabase {
    private NetworkDatabase() {}

    /** The part of a record that is read. */
    public static final class Row {
        private final long asn;
        private final String organisation;

        /** Called by the reader with what it finds below these names. */
        @MaxMindDbConstructor
        public Row(
                @MaxMindDbParameter(name = "autonomous_system_number") @Nullable Long asn,
                @MaxMindDbParameter(name = "autonomous_system_organization") @Nullable String organisation) {
            this.asn = asn == null ? 0 : asn;
            this.organisation = organisation == null ? "" : organisation;
        }
    }

    /**
     * The whole database.
     *
     * @throws IOException when the file cannot be read or is no such database
     */
    public static NetworkTable read(Path file) throws IOException {
        NetworkTable.Builder table = new NetworkTable.Builder();
        try (Reader reader = new Reader(new File(file.toString()), new CHMCache())) {
            Networks<Row> networks = reader.networks(Row.class);
            while (networks.hasNext()) {
                add(networks.next(), table);
            }
        } catch (InvalidNetworkException | RuntimeException damaged) {
            throw new IOException(file + " is no readable ASN database: " + damaged.getMessage(), damaged);
        }
        return table.build();
    }

    private static void add(DatabaseRecord<Row> row, NetworkTable.Builder table) {
        IpAddress first = IpAddress.ofBytes(row.network().networkAddress().getAddress());
        if (first != null && row.data() != null && row.data().asn > 0) {
            IpPrefix block = new IpPrefix(first, row.network().prefixLength());
            table.add(block.first(), block.last(), row.data().asn, row.data().organisation);
        }
    }
}
