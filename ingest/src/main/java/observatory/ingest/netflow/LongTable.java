package observatory.ingest.netflow;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A small table by number that boxes nothing when it is asked, because it is asked for every record. Bounded: what comes
 * when it is full is refused, so that options of an exporter gone mad cannot fill the memory.
 *
 * @param <V> what is found under a number
 */
final class LongTable<V> {
    private static final int SMALLEST = 8;
    private static final long SPREAD = 0x9e37_79b9_7f4a_7c15L;

    private final int maximum;
    private long[] keys = new long[SMALLEST];
    private @Nullable Object[] values = new Object[SMALLEST];
    private int size;

    LongTable(int maximum) {
        this.maximum = maximum;
    }

    int size() {
        return size;
    }

    @SuppressWarnings("unchecked")
    @Nullable
    V get(long key) {
        return size == 0 ? null : (V) values[slot(key)];
    }

    /** The value for the key; false when there is no room for a new key. */
    boolean put(long key, V value) {
        int slot = slot(key);
        if (values[slot] == null) {
            if (size >= maximum) {
                return false;
            }
            size++;
            keys[slot] = key;
        }
        values[slot] = value;
        if (size * 2 > keys.length) {
            grow();
        }
        return true;
    }

    /** All keys, in ascending order. */
    long[] keys() {
        long[] found = new long[size];
        int count = 0;
        for (int i = 0; i < keys.length; i++) {
            if (values[i] != null) {
                found[count++] = keys[i];
            }
        }
        Arrays.sort(found);
        return found;
    }

    private int slot(long key) {
        int mask = keys.length - 1;
        int slot = (int) (key * SPREAD >>> 40) & mask;
        while (values[slot] != null && keys[slot] != key) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private void grow() {
        long[] oldKeys = keys;
        @Nullable Object[] oldValues = values;
        keys = new long[2 * oldKeys.length];
        values = new Object[2 * oldKeys.length];
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldValues[i] != null) {
                int slot = slot(oldKeys[i]);
                keys[slot] = oldKeys[i];
                values[slot] = oldValues[i];
            }
        }
    }
}
