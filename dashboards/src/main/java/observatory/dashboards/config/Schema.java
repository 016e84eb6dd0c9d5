package observatory.dashboards.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * A shipped JSON Schema, held against a YAML value. It knows the keywords that the schema uses and no others, and says
 * at its making when the schema uses one more; so editor, test and reader judge by one file.
 */
final class Schema {
    /** The schema of {@code observatory.yaml}. */
    static final String CONFIGURATION = "observatory.schema.json";

    /** The schema of a policy. */
    static final String POLICY = "policy.schema.json";

    /** The schema of a list of suppressions. */
    static final String SUPPRESSIONS = "suppressions.schema.json";

    private static final Set<String> KEYWORDS = Set.of(
            "$schema",
            "$defs",
            "$ref",
            "title",
            "description",
            "type",
            "properties",
            "additionalProperties",
            "required",
            "items",
            "minItems",
            "enum",
            "pattern",
            "minLength",
            "minimum",
            "maximum");

    /** Two slips of the finger, or one pair swapped; more would be guessing. */
    private static final int FARTHEST = 2;

    private final JsonNode root;

    private Schema(JsonNode root, String resource) {
        this.root = root;
        checkKeywords(root, resource);
    }

    /** One of the schemas that are shipped. */
    static Schema named(String resource) {
        try (InputStream in = Objects.requireNonNull(Schema.class.getResourceAsStream(resource), resource)) {
            return new Schema(new ObjectMapper().readTree(in), resource);
        } catch (IOException e) {
            throw new UncheckedIOException(resource + " cannot be read", e);
        }
    }

    private static void checkKeywords(JsonNode schema, String resource) {
        schema.fieldNames().forEachRemaining(keyword -> {
            if (!KEYWORDS.contains(keyword)) {
                throw new IllegalStateException(resource + " uses '" + keyword + "', which is not checked here");
            }
        });
        for (String named : List.of("properties", "$defs")) {
            schema.path(named).forEach(part -> checkKeywords(part, resource));
        }
        for (String nested : List.of("items", "additionalProperties")) {
            if (schema.path(nested).isObject()) {
                checkKeywords(schema.path(nested), resource);
            }
        }
    }

    /** A value that the schema does not allow. */
    record Fault(Yaml.Place place, String words) {}

    /** All that is wrong with the value, in the order of the file. */
    List<Fault> faults(Yaml value) {
        List<Fault> faults = new ArrayList<>();
        check(value, root, "the configuration", faults);
        faults.sort(Comparator.comparingInt((Fault fault) -> fault.place().line())
                .thenComparingInt(fault -> fault.place().column()));
        return faults;
    }

    private void check(Yaml value, JsonNode schema, String name, List<Fault> faults) {
        if (schema.has("$ref")) {
            check(value, definition(schema.path("$ref").asText()), name, faults);
        }
        String type = schema.path("type").asText();
        if (!type.isEmpty() && !isOfType(value, type)) {
            faults.add(new Fault(value.place(), "'" + name + "' has to be " + word(type) + ", not " + word(value)));
            return;
        }
        switch (value) {
            case Yaml.Mapping mapping -> checkMapping(mapping, schema, name, faults);
            case Yaml.Sequence sequence -> checkSequence(sequence, schema, name, faults);
            case Yaml.Scalar scalar -> checkScalar(scalar, schema, name, faults);
        }
    }

    private JsonNode definition(String reference) {
        return root.path("$defs").path(reference.substring(reference.lastIndexOf('/') + 1));
    }

    private void checkMapping(Yaml.Mapping mapping, JsonNode schema, String name, List<Fault> faults) {
        JsonNode properties = schema.path("properties");
        JsonNode others = schema.path("additionalProperties");
        for (Map.Entry<String, Yaml.Entry> entry : mapping.entries().entrySet()) {
            String key = entry.getKey();
            if (properties.has(key)) {
                check(entry.getValue().value(), properties.path(key), key, faults);
            } else if (others.isObject()) {
                check(entry.getValue().value(), others, key, faults);
            } else if (others.isBoolean() && !others.asBoolean()) {
                faults.add(new Fault(entry.getValue().keyPlace(), unknown(key, keys(properties))));
            }
        }
        for (JsonNode required : schema.path("required")) {
            if (!mapping.entries().containsKey(required.asText())) {
                faults.add(new Fault(mapping.place(), "'" + name + "' lacks '" + required.asText() + "'"));
            }
        }
    }

    private void checkSequence(Yaml.Sequence sequence, JsonNode schema, String name, List<Fault> faults) {
        if (sequence.items().size() < schema.path("minItems").asInt()) {
            faults.add(new Fault(sequence.place(), "'" + name + "' has to name at least one"));
        }
        if (schema.has("items")) {
            sequence.items().forEach(item -> check(item, schema.path("items"), name, faults));
        }
    }

    private static void checkScalar(Yaml.Scalar scalar, JsonNode schema, String name, List<Fault> faults) {
        String text = scalar.text();
        if (schema.has("enum")) {
            List<String> known = StreamSupport.stream(schema.path("enum").spliterator(), false)
                    .map(JsonNode::asText)
                    .toList();
            if (!known.contains(text)) {
                faults.add(new Fault(
                        scalar.place(),
                        "'" + text + "' is no " + name + " (" + String.join(", ", known) + ")" + meant(text, known)));
            }
        }
        if (schema.has("pattern")
                && !Pattern.compile(schema.path("pattern").asText())
                        .matcher(text)
                        .find()) {
            faults.add(new Fault(scalar.place(), "'" + shortened(text) + "' cannot be '" + name + "'"));
        }
        if (text.length() < schema.path("minLength").asInt()) {
            faults.add(new Fault(scalar.place(), "'" + name + "' is empty"));
        }
        if (schema.has("minimum") || schema.has("maximum")) {
            BigInteger number = new BigInteger(text.replace("_", ""));
            BigInteger least = schema.path("minimum").bigIntegerValue();
            BigInteger most = schema.path("maximum").bigIntegerValue();
            if (number.compareTo(least) < 0 || number.compareTo(most) > 0) {
                faults.add(new Fault(scalar.place(), "'" + name + "' is " + least + " to " + most + ", not " + text));
            }
        }
    }

    private static boolean isOfType(Yaml value, String type) {
        return switch (value) {
            case Yaml.Mapping mapping -> type.equals("object");
            case Yaml.Sequence sequence -> type.equals("array");
            case Yaml.Scalar scalar ->
                switch (scalar.kind()) {
                    case TEXT -> type.equals("string");
                    // What YAML would also take in other bases is refused, since two readers take it differently.
                    case INTEGER -> type.equals("integer") && scalar.text().matches("-?(0|[1-9][0-9]{0,18})");
                    case NUMBER -> false;
                    case BOOLEAN -> type.equals("boolean") && scalar.text().matches("true|false");
                    case NOTHING -> false;
                };
        };
    }

    private static String word(String type) {
        return switch (type) {
            case "object" -> "a mapping (key: value)";
            case "array" -> "a list";
            case "integer" -> "a whole number";
            case "boolean" -> "true or false";
            default -> "a text";
        };
    }

    private static String word(Yaml value) {
        return switch (value) {
            case Yaml.Mapping mapping -> "a mapping";
            case Yaml.Sequence sequence -> "a list";
            case Yaml.Scalar scalar when scalar.kind() == Yaml.Kind.NOTHING -> "nothing";
            case Yaml.Scalar scalar -> "'" + shortened(scalar.text()) + "'";
        };
    }

    private static String shortened(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "...";
    }

    private static List<String> keys(JsonNode properties) {
        List<String> keys = new ArrayList<>();
        properties.fieldNames().forEachRemaining(keys::add);
        return keys;
    }

    private static String unknown(String key, List<String> known) {
        String meant = meant(key, known);
        return "unknown key '" + shortened(key) + "'"
                + (meant.isEmpty() ? "; known here: " + known.stream().collect(Collectors.joining(", ")) : meant);
    }

    private static String meant(String typed, Collection<String> known) {
        return nearest(typed, known)
                .map(word -> "; did you mean '" + word + "'?")
                .orElse("");
    }

    private static Optional<String> nearest(String typed, Collection<String> known) {
        return known.stream()
                .filter(candidate -> distance(typed, candidate) <= FARTHEST)
                .min(Comparator.comparingInt(candidate -> distance(typed, candidate)));
    }

    /** Letters to insert, remove or replace until one word is the other. */
    private static int distance(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= Math.min(from.length(), 100); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[to.length()];
    }
}
