package observatory.ingest.text;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import observatory.geo.address.IpAddress;
import org.jspecify.annotations.Nullable;

/**
 * A movable window on bytes that reads the values a log writes, without a String for each. As a {@link CharSequence} it
 * shows one character a byte, which is right for all that is parsed from it (numbers, addresses) and wrong for names:
 * those come from {@link #text()}.
 */
public final class Slice implements CharSequence {
    /** What the numeric readers return for text that is no such number. */
    public static final long INVALID = Long.MIN_VALUE;

    /** Longer than any number a sensor writes; a bound on the work one field can cause. */
    private static final int LONGEST_NUMBER = 64;

    private static final int NANO_DIGITS = 9;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final long LARGEST_SECOND = Long.MAX_VALUE / NANOS_PER_SECOND - 1;
    private static final BigDecimal LARGEST_NANOS = BigDecimal.valueOf(Long.MAX_VALUE);

    private byte[] bytes = new byte[0];
    private int start;
    private int end;

    /** Moves the window to {@code bytes[start, end)}; the bytes are not copied. */
    public Slice set(byte[] bytes, int start, int end) {
        this.bytes = bytes;
        this.start = start;
        this.end = end;
        return this;
    }

    /** A window of its own on a copy of the text, for callers off the hot path. */
    public static Slice of(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new Slice().set(bytes, 0, bytes.length);
    }

    byte byteAt(int index) {
        return bytes[start + index];
    }

    @Override
    public int length() {
        return end - start;
    }

    @Override
    public char charAt(int index) {
        return (char) (bytes[start + index] & 0xff);
    }

    @Override
    public CharSequence subSequence(int from, int to) {
        return new Slice().set(bytes, start + from, start + to);
    }

    /** The bytes as UTF-8, with U+FFFD for what is none. */
    @Override
    public String toString() {
        return text();
    }

    /** The bytes as UTF-8, with U+FFFD for what is none. */
    public String text() {
        return new String(bytes, start, end - start, StandardCharsets.UTF_8);
    }

    /** A domain name as we keep names: lower case, without the trailing dot; null when nothing is left. */
    public @Nullable String name() {
        int last = end > start && bytes[end - 1] == '.' ? end - 1 : end;
        if (last == start) {
            return null;
        }
        String text = new String(bytes, start, last - start, StandardCharsets.UTF_8);
        return text.toLowerCase(Locale.ROOT);
    }

    /** Whether these are the bytes of {@code ascii}. */
    public boolean is(String ascii) {
        if (ascii.length() != length()) {
            return false;
        }
        for (int i = 0; i < ascii.length(); i++) {
            if (ascii.charAt(i) != charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** The address written here, or null. */
    public @Nullable IpAddress address() {
        return IpAddress.parse(this);
    }

    /** A whole number from 0 to 2^63-1; a fraction of zeros is allowed. {@link #INVALID} for all else. */
    public long count() {
        long value = 0;
        int i = start;
        for (; i < end && isDigit(bytes[i]); i++) {
            int digit = bytes[i] - '0';
            if (value > (Long.MAX_VALUE - digit) / 10) {
                return INVALID;
            }
            value = value * 10 + digit;
        }
        boolean whole = i > start && (i == end || isZeroFraction(i));
        return whole ? value : INVALID;
    }

    private boolean isZeroFraction(int dot) {
        if (bytes[dot] != '.' || dot + 1 == end) {
            return false;
        }
        for (int i = dot + 1; i < end; i++) {
            if (bytes[i] != '0') {
                return false;
            }
        }
        return true;
    }

    /**
     * A decimal number of seconds as nanoseconds, exactly: no doubles on the way. Digits beyond the ninth are rounded
     * half up, since sensors print binary fractions ({@code 0.09628199999999865}). {@link #INVALID} for all else.
     */
    public long nanos() {
        if (length() > LONGEST_NUMBER) {
            return INVALID;
        }
        int i = start;
        long seconds = 0;
        for (; i < end && isDigit(bytes[i]) && seconds <= LARGEST_SECOND; i++) {
            seconds = seconds * 10 + (bytes[i] - '0');
        }
        if (i == start || seconds > LARGEST_SECOND) {
            return unusualNanos();
        }
        if (i == end) {
            return seconds * NANOS_PER_SECOND;
        }
        return bytes[i] == '.' ? withFraction(seconds, i + 1) : unusualNanos();
    }

    private long withFraction(long seconds, int from) {
        long fraction = 0;
        int digits = 0;
        int i = from;
        for (; i < end && digits < NANO_DIGITS && isDigit(bytes[i]); i++, digits++) {
            fraction = fraction * 10 + (bytes[i] - '0');
        }
        for (; digits < NANO_DIGITS; digits++) {
            fraction *= 10;
        }
        if (i < end && isDigit(bytes[i])) {
            fraction += bytes[i] >= '5' ? 1 : 0;
            while (i < end && isDigit(bytes[i])) {
                i++;
            }
        }
        return i == end && i > from ? seconds * NANOS_PER_SECOND + fraction : unusualNanos();
    }

    /** Signs and exponents ({@code 4.294967e+09}), which are rare enough for a BigDecimal. */
    private long unusualNanos() {
        try {
            BigDecimal seconds = new BigDecimal(text());
            // The exponent is an attacker's to choose: 1e999999999 is short to write and long to expand.
            if (Math.abs((long) seconds.scale()) > LONGEST_NUMBER) {
                return INVALID;
            }
            BigDecimal nanos = seconds.movePointRight(NANO_DIGITS).setScale(0, RoundingMode.HALF_UP);
            return nanos.abs().compareTo(LARGEST_NANOS) > 0 ? INVALID : nanos.longValue();
        } catch (NumberFormatException notANumber) {
            return INVALID;
        }
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }
}
