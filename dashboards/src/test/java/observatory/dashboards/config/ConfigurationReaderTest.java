package observatory.dashboards.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import observatory.ingest.collect.CollectSettings;
import observatory.ingest.decode.Format;
import observatory.jobs.finding.DetectionSettings;
import observatory.jobs.finding.Ordinary;
import observatory.jobs.finding.Outliers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigurationReaderTest {
    private static final String TEN_LINES = """
            sites:
              zurich: { networks: [10.1.0.0/16], phones: [10.1.20.0/24] }
            exporters:
              - { address: 10.1.0.1, name: core-zh }
            listen: { flows: { ports: [2055] } }
            files:
              - { path: "/var/log/zeek/*.log", sensor: zeek-zh }
            resolvers: [10.1.0.53]
            kafka: { bootstrap: "kafka-1:9092,kafka-2:9092" }
            console: { port: 8700 }
            """;

    @TempDir
    private Path folder;

    @Test
    void tenLinesAreEnough() throws IOException {
        Configuration read = read(TEN_LINES);

        assertThat(read.sites()).containsKey("zurich");
        assertThat(read.phones()).containsExactly("10.1.20.0/24");
        assertThat(read.flows().ports()).containsExactly(2055);
        assertThat(read.flows().undetected()).isEqualTo(Format.NETFLOW9);
        assertThat(read.files())
                .containsExactly(new CollectSettings.Files("/var/log/zeek/*.log", null, "zeek-zh", null, null));
        assertThat(read.kafka().bootstrap()).isEqualTo("kafka-1:9092,kafka-2:9092");
        assertThat(read.console().port()).isEqualTo(8700);
    }

    @Test
    void anEmptyFileListensToExportersOnTheUsualPorts() throws IOException {
        Configuration read = read("");

        assertThat(read.flows().ports()).containsExactly(2055, 4739, 6343);
        assertThat(read.elastic()).isNull();
    }

    @Test
    void theExampleIsRight() {
        Path example = Path.of(System.getProperty("observatory.home"), "docker/observatory.yaml");

        assertThat(ConfigurationReader.read(example).name()).isEqualTo("collector-zh");
    }

    @Test
    void suppressionsLieInAFileBesideIt() throws IOException {
        Files.writeString(
                folder.resolve("known.yaml"),
                "suppressions:\n  - { id: one, owner: a, reason: b, expires: 2027-03-31, endpoint: x.com }\n");

        assertThat(read("suppressions: known.yaml").detection().suppressions().list())
                .hasSize(1);
        assertFault("suppressions: other.yaml", "other.yaml: cannot be read (NoSuchFileException)");
    }

    @Test
    void foldersOfOwnGeoDataLieBesideTheFileAndMustBeThere() throws IOException {
        Files.createDirectory(folder.resolve("ours"));

        Configuration.Geo geo =
                read("geo: { catalogue: ours, watch-seconds: 5 }").geo();

        assertThat(geo.catalogue()).isEqualTo(folder.resolve("ours"));
        assertThat(geo.watch()).isEqualTo(Duration.ofSeconds(5));
        assertThat(read("").geo().maxmind()).isNull();
        assertFault("inventory: gone.csv\n", "observatory.yaml:1:12: there is no file " + folder.resolve("gone.csv"));
        assertFault("geo:\n  maxmind: gone\n", "observatory.yaml:2:12: there is no folder " + folder.resolve("gone"));
        assertFault("geo: { catalog: ours }", "unknown key 'catalog'; did you mean 'catalogue'?");
    }

    @Test
    void whatTheDetectionsAreToKnowIsRead() throws IOException {
        DetectionSettings read = read("resolvers: [10.1.0.53]\ndetections: { learning-days: 5, dormant-days: 60,"
                        + " cohort-devices: 40, cohort-percent: 5 }")
                .detection();

        assertThat(read.resolvers().prefixes()).containsExactly("10.1.0.53");
        assertThat(read.learning()).hasDays(5);
        assertThat(read.dormancy()).hasDays(60);
        assertThat(read.outliers()).isEqualTo(new Outliers(40, 5));
        assertFault("detections: { dormantdays: 60 }", "did you mean 'dormant-days'?");
    }

    @Test
    void whatIsOrdinaryAtTheSiteIsRead() throws IOException {
        Ordinary read = read("detections:\n  voice: [66.81.240.0/20]\n  managers: [10.9.0.7]\n"
                        + "  cleartext: [telnet, old-tls]\n  upload-megabytes: 50\n")
                .detection()
                .ordinary();

        assertThat(read)
                .isEqualTo(new Ordinary(
                        List.of("66.81.240.0/20"), List.of("10.9.0.7"), List.of("telnet", "old-tls"), 50_000_000));
        assertThat(read("").detection().ordinary()).isEqualTo(Ordinary.ASSUMED);
        assertThat(read("detections: { cleartext: [] }").detection().ordinary().cleartext())
                .isEmpty();
        assertFault(
                "detections: { cleartext: [telnets] }",
                "'telnets' is no cleartext (http, tftp, telnet, ftp, sip, old-tls); did you mean 'telnet'?");
        assertFault("detections: { voice: [66.81.240.0/40] }", "'66.81.240.0/40' is no network");
        assertFault("detections: { upload-megabytes: 0 }", "'upload-megabytes' is 1 to 1000000, not 0");
    }

    @Test
    void anUnknownKeyIsToldWithItsPlaceAndWhatWasMeant() {
        assertFault(
                "resolvers: []\nexporter: []\n",
                "observatory.yaml:2:1: unknown key 'exporter'; did you mean 'exporters'?");
        assertFault(
                "listen:\n  flows:\n    port: [2055]\n",
                "observatory.yaml:3:5: unknown key 'port'; did you mean 'ports'?");
        assertFault(
                "listen: { mail: 25 }", "observatory.yaml:1:11: unknown key 'mail'; known here: flows, syslog, dnstap");
    }

    @Test
    void aWrongValueIsToldWithItsPlace() {
        assertFault("console: { port: 86000 }", "observatory.yaml:1:18: 'port' is 0 to 65535, not 86000");
        assertFault("resolvers: 10.1.0.53", "observatory.yaml:1:12: 'resolvers' has to be a list, not '10.1.0.53'");
        assertFault("resolvers:\n  - 10.1.0.0/99\n", "observatory.yaml:2:5: '10.1.0.0/99' is no network");
        assertFault(
                "listen: { syslog: [ { transport: tpc, port: 514, format: dnsmasq } ] }",
                "'tpc' is no transport (udp, tcp); did you mean 'tcp'?");
        assertFault(
                "listen:\n  syslog:\n    - { transport: tcp, port: 514, format: dnsmask }",
                "observatory.yaml:3:44: 'dnsmask' is no format that is read; known: zeek-tsv");
        assertFault("exporters:\n  - name: a\n", "observatory.yaml:2:5: 'exporters' lacks 'address'");
        assertFault(
                "files:\n  - path: x\n    zone: Mars/Olympus\n",
                "observatory.yaml:3:11: 'Mars/Olympus' is no time zone");
    }

    @Test
    void whatIsNoYamlIsToldWithItsPlace() {
        assertFault("sites:\n  zurich: [\n", "observatory.yaml:3:1: no YAML");
        assertFault("name: a\nname: b\n", "observatory.yaml:2:1: ");
        assertFault("[".repeat(1000), "no YAML");
        assertFault("- a\n", "observatory.yaml:1:1: 'the configuration' has to be a mapping");
    }

    @Test
    void aMissingFileIsTold() {
        assertThatThrownBy(() -> ConfigurationReader.read(folder.resolve("none.yaml")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("none.yaml: cannot be read")
                .hasMessageContaining("docker/observatory.yaml");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                TEN_LINES,
                "name: a b",
                "name: 5",
                "nam: a",
                "sites: { a: {} }",
                "sites: { a: { networks: [] } }",
                "sites: { a: { networks: [10.0.0.0/8], phone: [] } }",
                "listen: { flows: { ports: [x] } }",
                "listen: { flows: { ports: [70000] } }",
                "listen: { flows: { workers: 0 } }",
                "listen: { flows: { address: '' } }",
                "listen: { dnstap: [ { path: /a, sensor: b } ] }",
                "listen: { dnstap: [ { path: /a } ] }",
                "listen: [ ]",
                "files: [ { path: /a, zone: UTC } ]",
                "files: { path: /a }",
                "elasticsearch: { url: 'ftp://x' }",
                "elasticsearch: { }",
                "kafka: { bootstrap: 'a:b' }",
                "kafka: { port: 1.5 }",
                "privacy: { raw: 1 }",
                "privacy: { raw: false, level: full }",
                "privacy: { learning-days: 5 }",
                "detections: { learning-days: 5 }",
                "privacy: ",
                "job: { parallelism: -1 }"
            })
    void readerAndSchemaJudgeAlike(String yaml) throws IOException {
        boolean byReader =
                Schema.named(Schema.CONFIGURATION).faults(Yaml.parse(yaml, "f")).isEmpty();

        assertThat(byReader).isEqualTo(validator().validate(json(yaml)).isEmpty());
    }

    private static JsonSchema validator() throws IOException {
        try (InputStream in = Objects.requireNonNull(Schema.class.getResourceAsStream(Schema.CONFIGURATION))) {
            return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                    .getSchema(in);
        }
    }

    private static JsonNode json(String yaml) {
        Object loaded = new org.yaml.snakeyaml.Yaml().load(yaml);
        return new ObjectMapper().valueToTree(loaded);
    }

    private Configuration read(String yaml) throws IOException {
        return ConfigurationReader.read(Files.writeString(folder.resolve("observatory.yaml"), yaml));
    }

    private void assertFault(String yaml, String words) {
        assertThatThrownBy(() -> read(yaml))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(words);
    }
}
