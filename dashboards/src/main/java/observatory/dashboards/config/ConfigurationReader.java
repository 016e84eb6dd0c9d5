package observatory.dashboards.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import observatory.dashboards.console.ConsoleSettings;
import observatory.geo.address.IpPrefix;
import observatory.ingest.collect.CollectSettings;
import observatory.ingest.collect.Exporters;
import observatory.ingest.collect.Topics;
import observatory.ingest.decode.Format;
import observatory.jobs.document.Privacy;
import observatory.jobs.elastic.ElasticSettings;
import observatory.jobs.finding.DetectionSettings;
import observatory.jobs.finding.Ordinary;
import observatory.jobs.finding.Outliers;
import observatory.jobs.finding.SiteResolvers;
import observatory.jobs.finding.Suppressions;
import observatory.jobs.finding.policy.Policy;
import observatory.jobs.source.KafkaMessages;
import org.jspecify.annotations.Nullable;

/** Reads and checks {@code observatory.yaml}. What is wrong is said in one line a fault, with its place. */
public final class ConfigurationReader {
    private final Path folder;

    private ConfigurationReader(Path path) {
        this.folder = Optional.ofNullable(path.toAbsolutePath().getParent()).orElse(path);
    }

    /**
     * Reads a file. Paths in it are relative to its folder.
     *
     * @throws ConfigurationException for a file that is missing or has faults
     */
    public static Configuration read(Path path) {
        Section root = Section.read(path, Schema.named(Schema.CONFIGURATION), "docker/observatory.yaml");
        return new ConfigurationReader(path).configuration(root);
    }

    private Configuration configuration(Section root) {
        Map<String, List<String>> sites = new LinkedHashMap<>();
        List<String> phones = new ArrayList<>();
        List<Exporters.SiteNetwork> networks = new ArrayList<>();
        root.section("sites").each((name, site) -> {
            List<String> own = site.networks("networks");
            sites.put(name, own);
            phones.addAll(site.networks("phones"));
            own.forEach(network -> networks.add(new Exporters.SiteNetwork(name, IpPrefix.of(network))));
        });
        Section listen = root.section("listen");
        Section kafka = root.section("kafka");
        Section console = root.section("console");
        return new Configuration(
                root.text("name").orElse("collector"),
                sites,
                phones,
                inventory(root),
                detection(root),
                new Exporters(
                        root.sections("exporters").stream()
                                .map(ConfigurationReader::exporter)
                                .toList(),
                        networks),
                flows(listen.section("flows")),
                listen.sections("syslog").stream().map(this::syslog).toList(),
                listen.sections("dnstap").stream().map(this::dnstap).toList(),
                root.sections("files").stream().map(this::files).toList(),
                elastic(root.section("elasticsearch")),
                new Configuration.Kafka(
                        kafka.text("bootstrap").orElse(null),
                        kafka.number("port").orElse(Configuration.DEFAULT_KAFKA_PORT),
                        kafka.number("partitions").orElse(Topics.Kafka.DEFAULT_PARTITIONS),
                        kafka.number("replication").orElse(1).shortValue()),
                new ConsoleSettings(
                        console.text("host").orElse(ConsoleSettings.DEFAULT.host()),
                        console.number("port").orElse(ConsoleSettings.DEFAULT.port())),
                privacy(root.section("privacy")),
                geo(root.section("geo")),
                new Configuration.Job(
                        root.section("job").number("parallelism"),
                        root.section("job")
                                .number("lateness-seconds")
                                .map(Duration::ofSeconds)
                                .orElse(KafkaMessages.Settings.DEFAULT_LATENESS),
                        root.section("job").texts("preferred")));
    }

    private static Exporters.Exporter exporter(Section section) {
        return new Exporters.Exporter(
                section.address("address"),
                section.required("name"),
                section.text("site").orElse(null));
    }

    private static CollectSettings.Flows flows(Section section) {
        CollectSettings.Flows usual = CollectSettings.Flows.on("0.0.0.0", CollectSettings.Flows.DEFAULT_PORTS);
        return new CollectSettings.Flows(
                section.text("address").orElse(usual.address()),
                section.numbers("ports").orElse(usual.ports()),
                section.number("workers").orElse(usual.workers()),
                section.number("receive-buffer-bytes").orElse(usual.receiveBuffer()),
                usual.undetected());
    }

    private CollectSettings.Syslog syslog(Section section) {
        return new CollectSettings.Syslog(
                CollectSettings.Transport.valueOf(section.required("transport").toUpperCase(Locale.ROOT)),
                section.text("address").orElse("0.0.0.0"),
                section.number("port").orElseThrow(),
                section.format("format").orElseThrow(),
                section.text("sensor").orElse(null),
                section.text("site").orElse(null),
                section.zone("zone"));
    }

    private CollectSettings.Dnstap dnstap(Section section) {
        return new CollectSettings.Dnstap(
                folder.resolve(section.required("path")),
                Format.DNSTAP,
                section.required("sensor"),
                section.text("site").orElse(null));
    }

    private CollectSettings.Files files(Section section) {
        return new CollectSettings.Files(
                folder.resolve(section.required("path")).toString(),
                section.format("format").orElse(null),
                section.text("sensor").orElse(null),
                section.text("site").orElse(null),
                section.zone("zone"));
    }

    private @Nullable ElasticSettings elastic(Section section) {
        Optional<String> url = section.text("url");
        if (url.isEmpty()) {
            return null;
        }
        try {
            ElasticSettings settings = ElasticSettings.at(url.get());
            return section.text("authority")
                    .map(authority -> settings.withAuthority(folder.resolve(authority)))
                    .orElse(settings);
        } catch (IllegalArgumentException e) {
            throw section.fault("url", String.valueOf(e.getMessage()));
        }
    }

    private @Nullable Path inventory(Section root) {
        Path path = root.text("inventory").map(folder::resolve).orElse(null);
        if (path != null && !Files.isRegularFile(path)) {
            throw root.fault("inventory", "there is no file " + path);
        }
        return path;
    }

    private Configuration.Geo geo(Section section) {
        return new Configuration.Geo(
                existing(section, "catalogue"),
                existing(section, "maxmind"),
                existing(section, "ranges"),
                section.number("watch-seconds").map(Duration::ofSeconds).orElse(Configuration.Geo.DEFAULT_WATCH));
    }

    private @Nullable Path existing(Section section, String key) {
        Path path = section.text(key).map(folder::resolve).orElse(null);
        if (path != null && !Files.isDirectory(path)) {
            throw section.fault(key, "there is no folder " + path);
        }
        return path;
    }

    private Configuration.Privacy privacy(Section section) {
        return new Configuration.Privacy(
                section.text("pseudonym-key").map(folder::resolve),
                section.text("level").flatMap(Privacy::named).orElse(Privacy.PSEUDONYMOUS),
                section.flag("raw").orElse(true));
    }

    private DetectionSettings detection(Section root) {
        Section section = root.section("detections");
        return DetectionSettings.assumed(0)
                .with(new SiteResolvers(root.networks("resolvers")))
                .learning(section.number("learning-days")
                        .map(Duration::ofDays)
                        .orElse(DetectionSettings.DEFAULT_LEARNING))
                .dormancy(
                        section.number("dormant-days").map(Duration::ofDays).orElse(DetectionSettings.DEFAULT_DORMANCY))
                .with(new Outliers(
                        section.number("cohort-devices").orElse(Outliers.DEFAULT.leastDevices()),
                        section.number("cohort-percent").orElse(Outliers.DEFAULT.mostPercent())))
                .with(new Ordinary(
                        section.networks("voice"),
                        section.networks("managers"),
                        section.has("cleartext") ? section.texts("cleartext") : Ordinary.ALL_CLEARTEXT,
                        section.number("upload-megabytes")
                                .map(megabytes -> megabytes * Ordinary.MEGABYTE)
                                .orElse(Ordinary.DEFAULT_UPLOAD_BYTES)))
                .with(root.text("suppressions")
                        .map(path -> SuppressionReader.read(folder.resolve(path)))
                        .orElse(Suppressions.NONE))
                .with(root.text("policy")
                        .map(path -> PolicyReader.read(folder.resolve(path)))
                        .orElse(Policy.NONE));
    }
}
