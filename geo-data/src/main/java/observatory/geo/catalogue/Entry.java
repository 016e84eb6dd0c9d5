package observatory.geo.catalogue;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * One mapping of a catalogue file. Every scalar is text, so that {@code NO} stays Norway. Each read checks what it finds
 * and names file and line when that is not what was wanted.
 */
public final class Entry {
    private static final Set<String> GRADES = Set.of("A", "B", "C", "D");

    private final String file;
    private final Node where;
    private final Map<String, Node> fields = new LinkedHashMap<>();

    Entry(String file, Node node) {
        this.file = file;
        this.where = node;
        if (!(node instanceof MappingNode mapping)) {
            throw problem("expected keys and values");
        }
        for (NodeTuple tuple : mapping.getValue()) {
            if (fields.put(scalar(tuple.getKeyNode()), tuple.getValueNode()) != null) {
                throw problem("'" + scalar(tuple.getKeyNode()) + "' is given twice");
            }
        }
    }

    /** Refuses keys that nobody reads, which are mostly misspelt. */
    public Entry allow(String... keys) {
        Set<String> allowed = Set.of(keys);
        for (String key : fields.keySet()) {
            if (!allowed.contains(key)) {
                throw problem("unknown key '" + key + "'; known are " + String.join(", ", keys));
            }
        }
        return this;
    }

    public boolean has(String key) {
        return fields.containsKey(key);
    }

    /** The keys in the order of the file. */
    public List<String> keys() {
        return List.copyOf(fields.keySet());
    }

    /** A text that must be there; may be empty. */
    public String text(String key) {
        return scalar(field(key));
    }

    /** A text that must be there and must not be empty. */
    public String filled(String key) {
        String text = text(key);
        if (text.isBlank()) {
            throw problem("'" + key + "' is empty");
        }
        return text;
    }

    public Optional<String> optional(String key) {
        return Optional.ofNullable(fields.get(key)).map(this::scalar);
    }

    /** A list of texts; empty when the key is absent. */
    public List<String> texts(String key) {
        List<String> texts = new ArrayList<>();
        Node node = fields.get(key);
        if (node instanceof SequenceNode sequence) {
            sequence.getValue().forEach(item -> texts.add(scalar(item)));
        } else if (node != null) {
            throw problem("'" + key + "' must be a list");
        }
        return List.copyOf(texts);
    }

    /** A list, each item read by a parser that gives null for what it does not understand. */
    public <T> List<T> all(String key, String wanted, Function<String, @Nullable T> parser) {
        List<T> values = new ArrayList<>();
        for (String text : texts(key)) {
            T value = parser.apply(text);
            if (value == null) {
                throw problem("'" + text + "' in '" + key + "' is not " + wanted);
            }
            values.add(value);
        }
        return List.copyOf(values);
    }

    /** AS numbers. */
    public List<Long> asns() {
        return all("asns", "an AS number", text -> text.matches("[1-9][0-9]{0,9}") ? Long.valueOf(text) : null);
    }

    /** ISO 3166-1 alpha-2 codes. */
    public List<String> countries(String key) {
        return all(key, "a country code of two capitals", text -> text.matches("[A-Z]{2}") ? text : null);
    }

    /** An ISO 3166-1 alpha-2 code. */
    public String country(String key) {
        String text = text(key);
        if (!text.matches("[A-Z]{2}")) {
            throw problem("'" + text + "' in '" + key + "' is not a country code of two capitals");
        }
        return text;
    }

    /** True or false; false when absent. */
    public boolean flag(String key) {
        String text = optional(key).orElse("false");
        if (!text.equals("true") && !text.equals("false")) {
            throw problem("'" + key + "' must be true or false, not '" + text + "'");
        }
        return text.equals("true");
    }

    public LocalDate date(String key) {
        try {
            return LocalDate.parse(text(key));
        } catch (DateTimeParseException notADate) {
            throw problem("'" + key + "' must be a date like 2026-11-22, not '" + text(key) + "'");
        }
    }

    /** The fields grade, source and date, which every statement carries. */
    public Provenance provenance() {
        if (!GRADES.contains(text("grade"))) {
            throw problem("'grade' must be A, B, C or D, not '" + text("grade") + "'");
        }
        return new Provenance(text("grade"), filled("source"), date("date"));
    }

    /** The mapping below a key. */
    public Entry entry(String key) {
        return new Entry(file, field(key));
    }

    /** Where the entry begins, from 1. */
    public int line() {
        return where.getStartMark().getLine() + 1;
    }

    /** What the user's entry puts in place of one of the product's. */
    public Replacement replaces(String what) {
        return new Replacement(what, file, line());
    }

    /** An exception that names file and line. */
    public CatalogueException problem(String what) {
        return new CatalogueException(file + ", entry at line " + line() + ": " + what);
    }

    private Node field(String key) {
        Node node = fields.get(key);
        if (node == null) {
            throw problem("'" + key + "' is missing");
        }
        return node;
    }

    private String scalar(Node node) {
        if (node instanceof ScalarNode text) {
            return text.getValue();
        }
        throw problem("expected a text at line " + (node.getStartMark().getLine() + 1));
    }
}
