package observatory.jobs.rollup;

import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What is derived from objects that come again and again, by their identity. At most two generations are kept; what
 * was asked for in the last one stays, and what was not is forgotten.
 */
final class Recent<K, V> {
    private final int generation;
    private Map<K, V> young = new IdentityHashMap<>();
    private Map<K, V> old = new IdentityHashMap<>();

    Recent(int generation) {
        this.generation = generation;
    }

    /**
     * What was derived for this key, or is derived now.
     *
     * @param from what it is derived from
     */
    <F> V get(K key, F from, Function<F, V> derive) {
        @Nullable V known = young.get(key);
        if (known != null) {
            return known;
        }
        @Nullable V kept = old.get(key);
        V value = kept != null ? kept : derive.apply(from);
        if (young.size() >= generation) {
            old = young;
            young = new IdentityHashMap<>();
        }
        young.put(key, value);
        return value;
    }
}
