package observatory.ingest.text;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Numbers in network byte order. The caller has made sure that the bytes are there. */
public final class BigEndian {
    private static final VarHandle SHORTS = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private BigEndian() {}

    /** One byte, 0..255. */
    public static int u8(byte[] bytes, int at) {
        return bytes[at] & 0xff;
    }

    /** Two bytes, 0..65535. */
    public static int u16(byte[] bytes, int at) {
        return (short) SHORTS.get(bytes, at) & 0xffff;
    }

    /** Four bytes, 0..2^32-1. */
    public static long u32(byte[] bytes, int at) {
        return (int) INTS.get(bytes, at) & 0xffff_ffffL;
    }

    /** Four bytes with their sign, or as the bits of an address. */
    public static int i32(byte[] bytes, int at) {
        return (int) INTS.get(bytes, at);
    }

    /** Eight bytes with their sign, or as bits. */
    public static long i64(byte[] bytes, int at) {
        return (long) LONGS.get(bytes, at);
    }

    /**
     * An unsigned number of any length (IPFIX reduced-size encoding, RFC 7011 section 6.2).
     *
     * @return the number, {@link Long#MAX_VALUE} for all that are larger, 0 for no bytes
     */
    public static long unsigned(byte[] bytes, int at, int length) {
        return switch (length) {
            case 1 -> u8(bytes, at);
            case 2 -> u16(bytes, at);
            case 4 -> u32(bytes, at);
            case 8 -> capped(i64(bytes, at));
            default -> unusual(bytes, at, length);
        };
    }

    private static long capped(long value) {
        return value < 0 ? Long.MAX_VALUE : value;
    }

    private static long unusual(byte[] bytes, int at, int length) {
        long value = 0;
        for (int i = 0; i < length; i++) {
            if (value >>> 55 != 0) {
                return Long.MAX_VALUE;
            }
            value = value << 8 | u8(bytes, at + i);
        }
        return value;
    }
}
