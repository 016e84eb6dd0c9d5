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
    private final Function<K, V> derive;
    private Map<K, V> young = new IdentityHashMap<>();
    private Map<K, V> old = new IdentityHashMap<>();

    Recent(int generation, Function<K, V> derive) {
        this.generation = generation;
        this.derive = derive;
    }

    V get(K key) {
        @Nullable V known = young.get(key);
        if (known != null) {
            return known;
        }
        @Nullable V kept = old.get(key);
        V value = kept != null ? kept : derive.apply(key);
        if (young.size() >= generation) {
            old = young;
            young = new IdentityHashMap<>();
        }
        young.put(key, value);
        return value;
    }
}
