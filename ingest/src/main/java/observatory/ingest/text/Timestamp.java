package observatory.ingest.text;

import java.time.DateTimeException;
import java.time.LocalDate;

/**
 * ISO-8601 date-times as sensors write them, read to nanoseconds since 1970: {@code 2024-02-13T14:34:39.436984+0000},
 * {@code 2019-12-03T22:44:56.052279Z}; an offset may be absent and is then UTC. Digits beyond the ninth are dropped.
 */
public final class Timestamp {
    private static final int DATE_AND_TIME = "yyyy-mm-ddThh:mm:ss".length();
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final int NANO_DIGITS = 9;
    /** Longer than any timestamp; a bound on the work one field can cause. */
    private static final int LONGEST = 48;

    private Timestamp() {}

    /** Nanoseconds since 1970, or {@link Slice#INVALID} when the text is no date-time from 1970 to 2261. */
    public static long nanos(CharSequence text) {
        if (text.length() < DATE_AND_TIME || text.length() > LONGEST || !hasSeparators(text)) {
            return Slice.INVALID;
        }
        int year = digits(text, 0, 4);
        int hour = digits(text, 11, 2);
        int minute = digits(text, 14, 2);
        int second = digits(text, 17, 2);
        // A leap second is written as 60 and read as the first second of the next minute.
        boolean inRange = year >= 1970 && year <= 2261 && hour >= 0 && hour < 24 && minute >= 0 && minute < 60;
        if (!inRange || second < 0 || second > 60) {
            return Slice.INVALID;
        }
        long day = epochDay(year, digits(text, 5, 2), digits(text, 8, 2));
        if (day == Slice.INVALID) {
            return Slice.INVALID;
        }
        long seconds = ((day * 24 + hour) * 60 + minute) * 60 + second;
        return withFractionAndOffset(text, seconds);
    }

    private static boolean hasSeparators(CharSequence text) {
        char middle = text.charAt(10);
        return text.charAt(4) == '-'
                && text.charAt(7) == '-'
                && (middle == 'T' || middle == 't' || middle == ' ')
                && text.charAt(13) == ':'
                && text.charAt(16) == ':';
    }

    private static long epochDay(int year, int month, int day) {
        try {
            return LocalDate.of(year, month, day).toEpochDay();
        } catch (DateTimeException noSuchDay) {
            return Slice.INVALID;
        }
    }

    private static long withFractionAndOffset(CharSequence text, long seconds) {
        long fraction = 0;
        int at = DATE_AND_TIME;
        if (at < text.length() && text.charAt(at) == '.') {
            int digits = 0;
            for (at++; at < text.length() && isDigit(text.charAt(at)); at++, digits++) {
                fraction = digits < NANO_DIGITS ? fraction * 10 + (text.charAt(at) - '0') : fraction;
            }
            for (; digits < NANO_DIGITS; digits++) {
                fraction *= 10;
            }
        }
        long offset = offsetSeconds(text, at);
        return offset == Slice.INVALID ? Slice.INVALID : (seconds - offset) * NANOS_PER_SECOND + fraction;
    }

    /** {@code Z}, {@code +hhmm}, {@code +hh:mm} or nothing. */
    private static long offsetSeconds(CharSequence text, int at) {
        int left = text.length() - at;
        if (left == 0 || (left == 1 && (text.charAt(at) == 'Z' || text.charAt(at) == 'z'))) {
            return 0;
        }
        boolean colon = left == 6 && text.charAt(at + 3) == ':';
        char sign = text.charAt(at);
        if ((left != 5 && !colon) || (sign != '+' && sign != '-')) {
            return Slice.INVALID;
        }
        int hours = digits(text, at + 1, 2);
        int minutes = digits(text, colon ? at + 4 : at + 3, 2);
        if (hours < 0 || hours > 18 || minutes < 0 || minutes > 59) {
            return Slice.INVALID;
        }
        long seconds = hours * 3600L + minutes * 60L;
        return sign == '-' ? -seconds : seconds;
    }

    /** The number in {@code count} digits, or -1. */
    private static int digits(CharSequence text, int from, int count) {
        int value = 0;
        for (int i = from; i < from + count; i++) {
            if (!isDigit(text.charAt(i))) {
                return -1;
            }
            value = value * 10 + (text.charAt(i) - '0');
        }
        return value;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
