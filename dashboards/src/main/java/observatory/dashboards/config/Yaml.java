package observatory.dashboards.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.AnchorNode;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** YAML values that know where they stand. */
sealed interface Yaml {
    /** Line and column of the value's first character, from 1. */
    Place place();

    /** A place in the file. */
    record Place(int line, int column) {
        static Place of(@Nullable Mark mark) {
            return mark == null ? new Place(1, 1) : new Place(mark.getLine() + 1, mark.getColumn() + 1);
        }
    }

    /** Keys to values, in their order. */
    record Mapping(Place place, Map<String, Entry> entries) implements Yaml {
        @Nullable
        Yaml get(String key) {
            Entry entry = entries.get(key);
            return entry == null ? null : entry.value();
        }
    }

    /** One key of a mapping, where it stands, and its value. */
    record Entry(Place keyPlace, Yaml value) {}

    /** A list. */
    record Sequence(Place place, List<Yaml> items) implements Yaml {}

    /** A string, number, truth value or nothing, as YAML's core schema takes it. */
    record Scalar(Place place, Kind kind, String text) implements Yaml {}

    /** What a scalar is. */
    enum Kind {
        TEXT,
        INTEGER,
        NUMBER,
        BOOLEAN,
        NOTHING
    }

    /** Deeper than any configuration; stops a file of brackets. */
    int DEEPEST = 20;

    /** Larger than any configuration. */
    int LONGEST = 1024 * 1024;

    /**
     * Parses one document.
     *
     * @param file its name, for messages
     * @throws ConfigurationException when it is no YAML, or more of it than a configuration needs
     */
    static Yaml parse(String text, String file) {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        options.setNestingDepthLimit(DEEPEST);
        options.setCodePointLimit(LONGEST);
        try {
            Node root = new org.yaml.snakeyaml.Yaml(options).compose(new java.io.StringReader(text));
            return root == null ? new Mapping(new Place(1, 1), Map.of()) : convert(root, file);
        } catch (MarkedYAMLException e) {
            Place place = Place.of(e.getProblemMark());
            throw new ConfigurationException(at(file, place) + "no YAML: " + e.getProblem());
        } catch (YAMLException e) {
            throw new ConfigurationException(file + ": no YAML that is read: " + e.getMessage());
        }
    }

    /** {@code observatory.yaml:3:7: }. */
    static String at(String file, Place place) {
        return file + ":" + place.line() + ":" + place.column() + ": ";
    }

    private static Yaml convert(Node node, String file) {
        Place place = Place.of(node.getStartMark());
        return switch (node) {
            case MappingNode mapping -> mapping(mapping, place, file);
            case SequenceNode sequence -> {
                List<Yaml> items = new ArrayList<>();
                sequence.getValue().forEach(item -> items.add(convert(item, file)));
                yield new Sequence(place, items);
            }
            case ScalarNode scalar -> new Scalar(place, kind(scalar.getTag()), scalar.getValue());
            case AnchorNode anchor ->
                throw new ConfigurationException(at(file, place) + "references (&, *) are not read");
            default -> throw new ConfigurationException(at(file, place) + "this kind of value is not read");
        };
    }

    private static Mapping mapping(MappingNode mapping, Place place, String file) {
        Map<String, Entry> entries = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            Place keyPlace = Place.of(tuple.getKeyNode().getStartMark());
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                throw new ConfigurationException(at(file, keyPlace) + "a key has to be a word");
            }
            if (entries.put(key.getValue(), new Entry(keyPlace, convert(tuple.getValueNode(), file))) != null) {
                throw new ConfigurationException(at(file, keyPlace) + "'" + key.getValue() + "' is given twice");
            }
        }
        return new Mapping(place, entries);
    }

    private static Kind kind(Tag tag) {
        if (tag.equals(Tag.INT)) {
            return Kind.INTEGER;
        }
        if (tag.equals(Tag.FLOAT)) {
            return Kind.NUMBER;
        }
        if (tag.equals(Tag.BOOL)) {
            return Kind.BOOLEAN;
        }
        return tag.equals(Tag.NULL) ? Kind.NOTHING : Kind.TEXT;
    }
}
