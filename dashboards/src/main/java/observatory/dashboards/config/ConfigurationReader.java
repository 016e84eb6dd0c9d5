package observatory.dashboards.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import observatory.dashboards.console.ConsoleSettings;
import observatory.geo.address.IpAddress;
import observatory.geo.address.IpPrefix;
import observatory.ingest.collect.CollectSettings;
import observatory.ingest.collect.Exporters;
import observatory.ingest.collect.Topics;
import observatory.ingest.decode.Format;
import observatory.jobs.elastic.ElasticSettings;
import observatory.jobs.finding.DetectionSettings;
import observatory.jobs.source.KafkaMessages;
import org.jspecify.annotations.Nullable;

/** Reads and checks {@code observatory.yaml}. What is wrong is said in one line a fault, with its place. */
public final class ConfigurationReader {
    /** More faults than a person reads at once. */
    private static final int MOST_FAULTS = 10;

    private final String file;
    private final Path folder;

    private ConfigurationReader(Path path) {
        this.file = path.toString();
        this.folder = Optional.ofNullable(path.toAbsolutePath().getParent()).orElse(path);
    }

    /**
     * Reads a file. Paths in it are relative to its folder.
     *
     * @throws ConfigurationException for a file that is missing or has faults
     */
    public static Configuration read(Path path) {
        try {
            return new ConfigurationReader(path).parse(Files.readString(path));
        } catch (CharacterCodingException e) {
            throw new ConfigurationException(path + ": is not written in UTF-8");
        } catch (IOException e) {
            throw new ConfigurationException(path + ": cannot be read ("
                    + e.getClass().getSimpleName() + "); docker/observatory.yaml is one to begin with");
        }
    }

    private Configuration parse(String text) {
        Yaml yaml = Yaml.parse(text, file);
        List<Schema.Fault> faults = Schema.shipped().faults(yaml);
        if (!faults.isEmpty()) {
            throw new ConfigurationException(faults.stream()
                    .limit(MOST_FAULTS)
                    .map(fault -> Yaml.at(file, fault.place()) + fault.words())
                    .collect(Collectors.joining("\n")));
        }
        return configuration(new Section((Yaml.Mapping) yaml));
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
                root.networks("resolvers"),
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

    private Configuration.Privacy privacy(Section section) {
        return new Configuration.Privacy(
                section.text("pseudonym-key").map(folder::resolve),
                section.flag("raw").orElse(true),
                section.number("learning-days").map(Duration::ofDays).orElse(DetectionSettings.DEFAULT_LEARNING));
    }

    /** A mapping that the schema has allowed. */
    private final class Section {
        private final Yaml.Mapping mapping;

        Section(Yaml.Mapping mapping) {
            this.mapping = mapping;
        }

        Section section(String key) {
            return mapping.get(key) instanceof Yaml.Mapping nested
                    ? new Section(nested)
                    : new Section(new Yaml.Mapping(mapping.place(), Map.of()));
        }

        List<Section> sections(String key) {
            return items(key).stream()
                    .map(item -> new Section((Yaml.Mapping) item))
                    .toList();
        }

        void each(BiConsumer<String, Section> taker) {
            mapping.entries().forEach((name, entry) -> taker.accept(name, new Section((Yaml.Mapping) entry.value())));
        }

        private List<Yaml> items(String key) {
            return mapping.get(key) instanceof Yaml.Sequence sequence ? sequence.items() : List.of();
        }

        Optional<String> text(String key) {
            return mapping.get(key) instanceof Yaml.Scalar scalar ? Optional.of(scalar.text()) : Optional.empty();
        }

        String required(String key) {
            return text(key).orElseThrow();
        }

        Optional<Integer> number(String key) {
            return text(key).map(Integer::valueOf);
        }

        Optional<Boolean> flag(String key) {
            return text(key).map(Boolean::valueOf);
        }

        Optional<List<Integer>> numbers(String key) {
            return mapping.get(key) == null
                    ? Optional.empty()
                    : Optional.of(items(key).stream()
                            .map(item -> Integer.valueOf(((Yaml.Scalar) item).text()))
                            .toList());
        }

        List<String> texts(String key) {
            return items(key).stream().map(item -> ((Yaml.Scalar) item).text()).toList();
        }

        List<String> networks(String key) {
            List<String> networks = new ArrayList<>();
            for (Yaml item : items(key)) {
                String text = ((Yaml.Scalar) item).text();
                if (IpPrefix.parse(text) == null) {
                    throw new ConfigurationException(Yaml.at(file, item.place()) + "'" + text
                            + "' is no network; wanted an address or prefix such as 10.1.0.0/16");
                }
                networks.add(text);
            }
            return networks;
        }

        IpAddress address(String key) {
            IpAddress address = IpAddress.parse(required(key));
            if (address == null) {
                throw fault(key, "'" + required(key) + "' is no address; wanted one such as 10.1.0.1");
            }
            return address;
        }

        @Nullable
        ZoneId zone(String key) {
            try {
                return text(key).map(ZoneId::of).orElse(null);
            } catch (DateTimeException e) {
                throw fault(key, "'" + required(key) + "' is no time zone; wanted one such as Europe/Zurich");
            }
        }

        Optional<Format> format(String key) {
            return text(key)
                    .map(label -> Format.named(label)
                            .orElseThrow(() -> fault(
                                    key,
                                    "'" + label + "' is no format that is read; known: "
                                            + Stream.of(Format.values())
                                                    .map(Format::label)
                                                    .collect(Collectors.joining(", ")))));
        }

        ConfigurationException fault(String key, String words) {
            Yaml value = mapping.get(key);
            Yaml.Place place = value == null ? mapping.place() : value.place();
            return new ConfigurationException(Yaml.at(file, place) + words);
        }
    }
}
