package observatory.geo.attribution;

import org.jspecify.annotations.Nullable;

/**
 * A cache of fixed size for values that can always be worked out again. Two slots a hash; a new pair takes the second slot
 * after moving it to the first was seen to be busy, so that what is asked for often stays.
 *
 * <p>Safe without locks: a pair is immutable and published in one write; threads that race lose a pair, never a truth.
 */
final class BoundedCache<K, V> {
    private final Pair<K, V>[] slots;
    private final int mask;

    private record Pair<K, V>(K key, V value) {}

    /** @param size number of pairs, a power of two */
    @SuppressWarnings({"unchecked", "rawtypes"})
    BoundedCache(int size) {
        this.slots = new Pair[size];
        this.mask = size - 1;
    }

    @Nullable
    V get(K key) {
        int slot = slot(key);
        Pair<K, V> first = slots[slot];
        if (first != null && first.key.equals(key)) {
            return first.value;
        }
        Pair<K, V> second = slots[slot ^ 1];
        if (second != null && second.key.equals(key)) {
            slots[slot ^ 1] = first;
            slots[slot] = second;
            return second.value;
        }
        return null;
    }

    void put(K key, V value) {
        int slot = slot(key);
        slots[slot ^ 1] = new Pair<>(key, value);
    }

    private int slot(K key) {
        int hash = key.hashCode() * 0x9e3779b9;
        return (hash ^ hash >>> 15) & mask;
    }
}
