package observatory.ingest.text;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Searches in byte arrays, eight bytes at a time, since every byte of every log passes here. */
public final class Bytes {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;

    private Bytes() {}

    /** Position of the first {@code wanted} in {@code bytes[from, to)}, or -1. */
    public static int indexOf(byte[] bytes, int from, int to, byte wanted) {
        long pattern = ONES * (wanted & 0xff);
        int i = from;
        for (; i <= to - Long.BYTES; i += Long.BYTES) {
            // A byte of the xor is zero exactly where the wanted byte stands; the lowest marked one is never a false
            // hit.
            long difference = (long) LONGS.get(bytes, i) ^ pattern;
            long marked = (difference - ONES) & ~difference & HIGH_BITS;
            if (marked != 0) {
                return i + (Long.numberOfTrailingZeros(marked) >>> 3);
            }
        }
        for (; i < to; i++) {
            if (bytes[i] == wanted) {
                return i;
            }
        }
        return -1;
    }

    /** Whether {@code bytes[from, to)} holds nothing but spaces, tabs and line ends. */
    public static boolean isBlank(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (!isSpace(bytes[i])) {
                return false;
            }
        }
        return true;
    }

    /** Whether the first three bytes are the mark that some editors and shippers put before UTF-8. */
    public static boolean startsWithByteOrderMark(byte[] bytes) {
        return bytes.length >= 3 && bytes[0] == (byte) 0xef && bytes[1] == (byte) 0xbb && bytes[2] == (byte) 0xbf;
    }

    /** Whether the byte is white space in JSON: space, tab, line feed or carriage return. */
    public static boolean isSpace(byte b) {
        return b == ' ' || b == '\t' || b == '\n' || b == '\r';
    }
}
