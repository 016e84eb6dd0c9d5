package observatory.geo.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import observatory.geo.InstalledData;
import observatory.geo.address.IpAddress;
import observatory.geo.attribution.Attribution;
import observatory.geo.attribution.DestinationName;
import observatory.geo.attribution.NameSource;
import observatory.geo.attribution.NameState;
import observatory.geo.catalogue.CatalogueException;
import observatory.geo.catalogue.Replacement;
import observatory.geo.party.Party;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The user's own catalogue over the product's. */
class OwnCatalogueTest {
    private static final String STATED = ", grade: A, source: our contract, date: 2026-11-23}\n";

    @TempDir
    private Path folder;

    private GeoSources sources = GeoSources.under(Path.of(""));

    @BeforeEach
    void useTheProductsFiles() {
        sources = new GeoSources(folder.resolve("none"), InstalledData.catalogue(), folder, null, null, null);
    }

    @Test
    void anEmptyOrMissingFolderChangesNothing() {
        String without = GeoSnapshot.load(sources.withOwn(null)).digest();

        assertThat(GeoSnapshot.load(sources).digest()).isEqualTo(without);
        assertThat(GeoSnapshot.load(sources.withOwn(folder.resolve("gone"))).digest())
                .isEqualTo(without);
    }

    @Test
    void ownServicesExtendTheProductsAndAreADataSetOfTheirOwn() throws IOException {
        String before = GeoSnapshot.load(sources).digest();
        write("operators.yaml", operator("acme", "Acme Telecom", "role: provider, "));
        write("services.yaml", service("Acme", "PBX", "acme", "suffixes: [acme.example]"));

        GeoSnapshot snapshot = GeoSnapshot.load(sources);

        Attribution answer = attribute(snapshot, "sip.acme.example", 5061);
        assertThat(answer.service().key()).isEqualTo("Acme/PBX");
        assertThat(answer.operatorJurisdictions()).containsExactly("CH");
        assertThat(answer.party().to("Yealink")).isEqualTo(Party.Role.PROVIDER);
        assertThat(snapshot.digest()).isNotEqualTo(before);
        assertThat(snapshot.dataSets())
                .filteredOn(set -> set.role().equals("catalogue"))
                .extracting(DataSet::id)
                .containsExactly("catalogue", "own-services", "own-operators");
        assertThat(snapshot.replacements()).isEmpty();
    }

    @Test
    void anOwnEntryReplacesTheProductsForTheSamePatternAndSaysSo() throws IOException {
        write("services.yaml", service("Acme", "Mirror", "yealink", "hosts: [rps.yealink.com]"));

        GeoSnapshot snapshot = GeoSnapshot.load(sources);

        assertThat(attribute(snapshot, "rps.yealink.com", 443).service().key()).isEqualTo("Acme/Mirror");
        assertThat(attribute(snapshot, "rpscloud.yealink.com", 443).service().key())
                .isEqualTo("Yealink/RPS");
        assertThat(snapshot.replacements())
                .containsExactly(new Replacement(
                        "host rps.yealink.com (Yealink/RPS)",
                        folder.resolve("services.yaml").toString(),
                        2));
        assertThat(snapshot.dataSets())
                .filteredOn(set -> set.id().equals("own-services"))
                .extracting(DataSet::caution)
                .containsExactly("replaces host rps.yealink.com (Yealink/RPS) by line 2");
    }

    @Test
    void anOwnSuffixReplacesAHostOfTheSameNameButNotWhatLiesBelow() throws IOException {
        write("services.yaml", service("Acme", "All", "yealink", "suffixes: [rps.yealink.com, yealink.com]"));

        GeoSnapshot snapshot = GeoSnapshot.load(sources);

        assertThat(attribute(snapshot, "rps.yealink.com", 443).service().key()).isEqualTo("Acme/All");
        assertThat(attribute(snapshot, "rpscloud.yealink.com", 443).service().key())
                .isEqualTo("Yealink/RPS");
        assertThat(attribute(snapshot, "unheard-of.yealink.com", 443).service().key())
                .isEqualTo("Acme/All");
    }

    @Test
    void anOwnEntryForCertainPortsLeavesTheOthersToTheProduct() throws IOException {
        write(
                "services.yaml",
                service("Acme", "Tunnel", "", "hosts: [rps.yealink.com], ports: [TCP 8443], ports-decide: true"));

        GeoSnapshot snapshot = GeoSnapshot.load(sources);

        assertThat(attribute(snapshot, "rps.yealink.com", 8443).service().key()).isEqualTo("Acme/Tunnel");
        assertThat(attribute(snapshot, "rps.yealink.com", 443).service().key()).isEqualTo("Yealink/RPS");
    }

    @Test
    void anOwnOperatorReplacesTheProductsForItsServices() throws IOException {
        write("operators.yaml", operator("yealink", "Yealink Europe", "maker: Yealink, "));

        GeoSnapshot snapshot = GeoSnapshot.load(sources);

        assertThat(attribute(snapshot, "rps.yealink.com", 443).operatorJurisdictions())
                .containsExactly("CH");
        assertThat(snapshot.replacements()).extracting(Replacement::what).containsExactly("operator yealink");
    }

    @Test
    void aStatementThatHasRunOutIsAnnounced() throws IOException {
        write("operators.yaml", operator("acme", "Acme", "from: 2020-01-01, until: 2026-06-30, "));

        GeoSnapshot snapshot = GeoSnapshot.load(sources);

        assertThat(snapshot.announcements(InstantSource.fixed(Instant.parse("2026-06-30T23:59:59Z"))))
                .noneMatch(words -> words.contains("Acme"));
        assertThat(snapshot.announcements(InstantSource.fixed(Instant.parse("2026-07-01T00:00:00Z"))))
                .contains("what operators.yaml says of Acme held until 2026-06-30");
    }

    @Test
    void anOwnCloudTakesOverItsNetworks() throws IOException {
        write(
                "clouds.yaml",
                "clouds:\n  - {id: ours, name: Our Cloud, kind: cloud, asns: [16509], jurisdictions: [CH]" + STATED);

        assertThat(GeoSnapshot.load(sources).replacements())
                .extracting(Replacement::what)
                .containsExactly("AS16509, which was of Amazon Web Services");
    }

    @Test
    void aFaultIsToldWithFileAndLine() throws IOException {
        Path file = folder.resolve("services.yaml");
        write("services.yaml", service("Acme", "PBX", "nobody", "hosts: [a.example]"));
        assertThatThrownBy(() -> GeoSnapshot.load(sources))
                .isInstanceOf(CatalogueException.class)
                .hasMessage(file + ", entry at line 2: operator 'nobody' is not in operators.yaml");

        write("services.yaml", "service: []\n");
        assertThatThrownBy(() -> GeoSnapshot.load(sources))
                .hasMessage(file + ", entry at line 1: unknown key 'service'; known are services");
    }

    @Test
    void aFileThatNobodyReadsIsRefused() throws IOException {
        write("service.yml", "services: []\n");

        assertThatThrownBy(() -> GeoSnapshot.load(sources))
                .hasMessage(folder.resolve("service.yml")
                        + " is read by nobody; your own catalogue may have services.yaml, operators.yaml, clouds.yaml");
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    private static String service(String vendor, String name, String operator, String match) {
        return "services:\n  - {vendor: " + vendor + ", name: " + name + ", purpose: signalling, operator: \""
                + operator + "\", what: our own, hosting: \"\", " + match + STATED;
    }

    private static String operator(String id, String name, String role) {
        return "operators:\n  - {id: " + id + ", name: " + name + ", " + role + "jurisdictions: [CH], why: our own"
                + STATED;
    }

    private static Attribution attribute(GeoSnapshot snapshot, String name, int port) {
        DestinationName given = new DestinationName(name, null, NameSource.SNI, NameState.FRESH, 0, List.of(name));
        return snapshot.attributor().attribute(IpAddress.of("3.120.0.1"), given, port, 6);
    }
}
