package observatory.ingest.text;

/**
 * Gives one String for the words that every record repeats ({@code tcp}, {@code SF}, {@code NOERROR}). Of fixed size, so
 * that input with ever new words costs time but no memory. Not for use by several threads.
 */
public final class WordCache {
    private static final int SLOTS = 1024;
    private static final int LONGEST = 32;

    private final String[] words = new String[SLOTS];

    /** The text of the slice, as {@link Slice#text()} would give it. */
    public String word(Slice slice) {
        int length = slice.length();
        if (length == 0) {
            return "";
        }
        if (length > LONGEST) {
            return slice.text();
        }
        int hash = 0;
        boolean ascii = true;
        for (int i = 0; i < length; i++) {
            byte b = slice.byteAt(i);
            ascii &= b >= 0;
            hash = hash * 31 + b;
        }
        if (!ascii) {
            return slice.text();
        }
        int slot = (hash ^ (hash >>> 10)) & (SLOTS - 1);
        String held = words[slot];
        if (held == null || !slice.is(held)) {
            held = slice.text();
            words[slot] = held;
        }
        return held;
    }
}
