package observatory.geo.place;

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
import observatory.geo.address.RangeTable;
import org.jspecify.annotations.Nullable;

/**
 * Reads a country database in MaxMind's file format into a {@link CountryTable}. It takes both shapes: the flat
 * {@code country_code} of the npm packages, whose database type GeoIP2's reader refuses, and the nested
 * {@code country.iso_code} of GeoLite2 and GeoIP2, Country and City.
 *
 * <p>Networks that the tree only repeats (IPv4 inside 2002::/16 and others) are left out: the address itself is looked up
 * where it stands.
 */
public final class CountryDatabase {
    private CountryDatabase() {}

    /** The part of a record that is read. */
    public static final class Row {
        private final @Nullable String code;

        /** Called by the reader with what it finds below these names. */
        @MaxMindDbConstructor
        public Row(
                @MaxMindDbParameter(name = "country_code") @Nullable String flat,
                @MaxMindDbParameter(name = "country") @Nullable Nested nested) {
            this.code = flat != null ? flat : nested == null ? null : nested.code;
        }
    }

    /** The country inside a record of GeoLite2 and GeoIP2. */
    public static final class Nested {
        private final @Nullable String code;

        /** Called by the reader with what it finds below this name. */
        @MaxMindDbConstructor
        public Nested(@MaxMindDbParameter(name = "iso_code") @Nullable String code) {
            this.code = code;
        }
    }

    /**
     * The whole database.
     *
     * @throws IOException when the file cannot be read or is no such database
     */
    public static CountryTable read(Path file) throws IOException {
        RangeTable.Builder table = new RangeTable.Builder();
        try (Reader reader = open(file)) {
            Networks<Row> networks = reader.networks(Row.class);
            Run run = new Run(table);
            while (networks.hasNext()) {
                run.add(networks.next());
            }
            run.end();
        } catch (InvalidNetworkException | RuntimeException damaged) {
            throw new IOException(file + " is no readable country database: " + damaged.getMessage(), damaged);
        }
        return new CountryTable(table.build());
    }

    private static Reader open(Path file) throws IOException {
        return new Reader(new File(file.toString()), new CHMCache());
    }

    /** Joins neighbouring networks of one country, which makes the table several times smaller. */
    private static final class Run {
        private final RangeTable.Builder table;
        private @Nullable IpAddress first;
        private @Nullable IpAddress last;
        private int value = RangeTable.NONE;

        Run(RangeTable.Builder table) {
            this.table = table;
        }

        void add(DatabaseRecord<Row> row) {
            IpAddress start = IpAddress.ofBytes(row.network().networkAddress().getAddress());
            int country = row.data() == null || row.data().code == null ? -1 : CountryTable.number(row.data().code);
            if (start == null || country < 0) {
                return;
            }
            IpPrefix block = new IpPrefix(start, row.network().prefixLength());
            if (country != value || last == null || !follows(last, block.first())) {
                end();
                first = block.first();
                value = country;
            }
            last = block.last();
        }

        void end() {
            if (first != null && last != null) {
                table.add(first, last, value);
            }
        }

        private static boolean follows(IpAddress before, IpAddress after) {
            boolean carry = before.low() == -1;
            return before.isIpv4() == after.isIpv4()
                    && after.low() == before.low() + 1
                    && after.high() == (carry ? before.high() + 1 : before.high());
        }
    }
}
