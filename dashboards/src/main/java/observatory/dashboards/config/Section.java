package observatory.dashboards.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import observatory.geo.address.IpAddress;
import observatory.geo.address.IpPrefix;
import observatory.ingest.decode.Format;
import org.jspecify.annotations.Nullable;

/** A mapping of a file that its schema has allowed. */
final class Section {
    /** More faults than a person reads at once. */
    private static final int MOST_FAULTS = 10;

    private final String file;
    private final Yaml.Mapping mapping;

    /**
     * @param file its name, for messages
     * @param mapping the values
     */
    Section(String file, Yaml.Mapping mapping) {
        this.file = file;
        this.mapping = mapping;
    }

    /**
     * Reads and checks a file.
     *
     * @param schema what it may hold
     * @param example where one to begin with is found
     * @throws ConfigurationException for a file that is missing or has faults
     */
    static Section read(Path path, Schema schema, String example) {
        try {
            return of(path.toString(), Files.readString(path), schema);
        } catch (CharacterCodingException e) {
            throw new ConfigurationException(path + ": is not written in UTF-8");
        } catch (IOException e) {
            throw new ConfigurationException(path + ": cannot be read ("
                    + e.getClass().getSimpleName() + "); " + example + " is one to begin with");
        }
    }

    private static Section of(String file, String text, Schema schema) {
        Yaml yaml = Yaml.parse(text, file);
        List<Schema.Fault> faults = schema.faults(yaml);
        if (!faults.isEmpty()) {
            throw new ConfigurationException(faults.stream()
                    .limit(MOST_FAULTS)
                    .map(fault -> Yaml.at(file, fault.place()) + fault.words())
                    .collect(Collectors.joining("\n")));
        }
        return new Section(file, (Yaml.Mapping) yaml);
    }

    boolean has(String key) {
        return mapping.get(key) != null;
    }

    Section section(String key) {
        return mapping.get(key) instanceof Yaml.Mapping nested
                ? new Section(file, nested)
                : new Section(file, new Yaml.Mapping(mapping.place(), Map.of()));
    }

    List<Section> sections(String key) {
        return items(key).stream()
                .map(item -> new Section(file, (Yaml.Mapping) item))
                .toList();
    }

    void each(BiConsumer<String, Section> taker) {
        mapping.entries().forEach((name, entry) -> taker.accept(name, new Section(file, (Yaml.Mapping) entry.value())));
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

    /** The first moment of a day in UTC. */
    Optional<Instant> day(String key) {
        try {
            return text(key)
                    .map(day ->
                            LocalDate.parse(day).atStartOfDay(ZoneOffset.UTC).toInstant());
        } catch (DateTimeException e) {
            throw fault(key, "'" + required(key) + "' is no day; wanted one such as 2027-03-31");
        }
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
