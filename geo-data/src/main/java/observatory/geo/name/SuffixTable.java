package observatory.geo.name;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * From a name to the value of the longest entry that covers it. An exact entry covers its own name only and wins over
 * any suffix; a suffix covers itself and everything below it. Immutable.
 */
public final class SuffixTable<V> {
    private final Map<String, V> exact;
    private final Map<String, V> suffixes;

    private SuffixTable(Map<String, V> exact, Map<String, V> suffixes) {
        this.exact = Map.copyOf(exact);
        this.suffixes = Map.copyOf(suffixes);
    }

    /** An entry that covers a name: the pattern it was found by, and its value. */
    public record Match<V>(String pattern, V value) {}

    /** The longest entry that covers the name, or null when none does. */
    public @Nullable Match<V> find(DomainName name) {
        String text = name.text();
        V value = exact.get(text);
        if (value != null) {
            return new Match<>(text, value);
        }
        for (int start = 0; start >= 0 && start < text.length(); start = next(text, start)) {
            String suffix = text.substring(start);
            V found = suffixes.get(suffix);
            if (found != null) {
                return new Match<>(suffix, found);
            }
        }
        return null;
    }

    /** Number of entries. */
    public int size() {
        return exact.size() + suffixes.size();
    }

    private static int next(String text, int start) {
        int dot = text.indexOf('.', start);
        return dot < 0 ? -1 : dot + 1;
    }

    /** Collects entries; of two equal ones the one put last wins. */
    public static final class Builder<V> {
        private final Map<String, V> exact = new HashMap<>();
        private final Map<String, V> suffixes = new HashMap<>();

        public Builder<V> putExact(DomainName name, V value) {
            exact.put(name.text(), value);
            return this;
        }

        public Builder<V> putSuffix(DomainName suffix, V value) {
            suffixes.put(suffix.text(), value);
            return this;
        }

        public SuffixTable<V> build() {
            return new SuffixTable<>(exact, suffixes);
        }
    }
}
