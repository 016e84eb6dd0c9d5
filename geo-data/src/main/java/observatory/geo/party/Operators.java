package observatory.geo.party;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import observatory.geo.catalogue.CatalogueFile;
import observatory.geo.catalogue.Entry;
import observatory.geo.catalogue.Replacement;
import org.jspecify.annotations.Nullable;

/** Who runs services and whose law reaches them: {@code operators.yaml}, the product's and over it the user's. */
public final class Operators {
    private final Map<String, Operator> byId;
    private final List<Replacement> replacements;

    private Operators(Map<String, Operator> byId, List<Replacement> replacements) {
        this.byId = Map.copyOf(byId);
        this.replacements = List.copyOf(replacements);
    }

    /** Reads and checks the file. */
    public static Operators read(CatalogueFile file) {
        Map<String, Operator> byId = new LinkedHashMap<>();
        for (Entry entry : file.entries("operators")) {
            entry.allow(
                    "id", "name", "jurisdictions", "why", "from", "until", "maker", "role", "grade", "source", "date");
            Operator operator = new Operator(
                    entry.filled("id"),
                    entry.filled("name"),
                    entry.countries("jurisdictions"),
                    entry.filled("why"),
                    entry.has("from") ? entry.date("from") : null,
                    entry.has("until") ? entry.date("until") : null,
                    entry.optional("maker").orElse(""),
                    role(entry),
                    entry.provenance());
            if (byId.put(operator.id(), operator) != null) {
                throw entry.problem("operator '" + operator.id() + "' is given twice");
            }
        }
        return new Operators(byId, List.of());
    }

    /** These operators and those of the user's file, which win where both have one of the same id. */
    public Operators with(CatalogueFile own) {
        Map<String, Operator> both = new LinkedHashMap<>(byId);
        List<Replacement> replaced = new ArrayList<>();
        both.putAll(read(own).byId);
        for (Entry entry : own.entries("operators")) {
            if (byId.containsKey(entry.text("id"))) {
                replaced.add(entry.replaces("operator " + entry.text("id")));
            }
        }
        return new Operators(both, replaced);
    }

    public @Nullable Operator find(String id) {
        return byId.get(id);
    }

    /** Operators of whose jurisdictions what is said no longer holds on a day, in the order of their ids. */
    public List<Operator> over(LocalDate day) {
        return byId.values().stream()
                .filter(operator -> operator.isOver(day))
                .sorted(Comparator.comparing(Operator::id))
                .toList();
    }

    /** What the user's file replaced. */
    public List<Replacement> replacements() {
        return replacements;
    }

    private static Party.Role role(Entry entry) {
        String role = entry.optional("role").orElse("third");
        return switch (role) {
            case "provider" -> Party.Role.PROVIDER;
            case "support" -> Party.Role.SUPPORT;
            case "third" -> Party.Role.THIRD;
            default -> throw entry.problem("'role' must be provider, support or third, not '" + role + "'");
        };
    }
}
