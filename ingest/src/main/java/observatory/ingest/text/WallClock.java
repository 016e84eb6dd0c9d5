package observatory.ingest.text;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneRules;
import java.util.Arrays;
import observatory.ingest.decode.RawMessage;

/**
 * Reads the clocks on the wall that many logs stamp with: no zone, often no year, sometimes no date. The zone is the one
 * stated with the message, else UTC. A time without a year is the latest such time that is at most
 * {@link #TOLERANCE_SECONDS} after the reference (the receive time of a live message, the date in the name or the last
 * change of a file): so a line of 31 December read on 1 January is of last year. An hour that summer time repeats is
 * taken for its first, one that it skips is moved on by the gap. Not for use by several threads.
 */
public final class WallClock {
    /** Clocks of senders run ahead; a line may be stamped this much after the reference without being a year old. */
    public static final long TOLERANCE_SECONDS = 86_400;

    /** How far back a day is sought that not every year has: 29 February 2104 is eight years after the one before. */
    private static final int YEARS_BACK = 8;

    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final int SECONDS_PER_DAY = 86_400;
    /** Offsets of zones change at multiples of a quarter of an hour, at least since 1970. */
    private static final int QUARTER = 900;

    private static final int LONGEST_STATED = 200;
    private static final long NONE = Long.MIN_VALUE;

    private final long referenceSeconds;
    private final ZoneRules zone;
    private final int latestYear;
    private final int fixedOffset;
    private long cachedQuarter = NONE;
    private int cachedOffset;

    private WallClock(long referenceSeconds, ZoneId zone) {
        this.referenceSeconds = referenceSeconds;
        this.zone = zone.getRules();
        this.fixedOffset =
                this.zone.isFixedOffset() ? this.zone.getOffset(Instant.EPOCH).getTotalSeconds() : Integer.MIN_VALUE;
        this.latestYear = referenceSeconds == NONE
                ? 0
                : Instant.ofEpochSecond(referenceSeconds + TOLERANCE_SECONDS)
                        .atZone(zone)
                        .getYear();
    }

    /** The clock of a zone. */
    public static WallClock of(long referenceSeconds, ZoneId zone) {
        return new WallClock(referenceSeconds, zone);
    }

    /**
     * The clock a message is read by. The first line of its header may state one in the form of {@link #stated}; else the reference is the
     * receive time, where that is known, and the zone UTC.
     */
    public static WallClock of(RawMessage message) {
        long reference = message.receivedNanos() == 0 ? NONE : Math.floorDiv(message.receivedNanos(), NANOS_PER_SECOND);
        ZoneId zone = ZoneOffset.UTC;
        int length = Math.min(message.header().length, LONGEST_STATED);
        String header = new String(message.header(), 0, length, StandardCharsets.ISO_8859_1);
        for (String word : header.lines().findFirst().orElse("").split(" ")) {
            if (word.startsWith("before=")) {
                long seconds = Slice.of(word.substring("before=".length())).count();
                reference = seconds < 0 || seconds > LARGEST_REFERENCE ? reference : seconds;
            } else if (word.startsWith("zone=")) {
                zone = zone(word.substring("zone=".length()));
            }
        }
        return new WallClock(Math.min(reference, LARGEST_REFERENCE), zone);
    }

    /** The end of 2261, where 64 bits of nanoseconds end. */
    private static final long LARGEST_REFERENCE = 9_214_646_400L;

    private static ZoneId zone(String id) {
        try {
            return ZoneId.of(id);
        } catch (DateTimeException unknown) {
            return ZoneOffset.UTC;
        }
    }

    /** The header of messages whose lines were written before this time, in seconds since 1970, on clocks of the zone. */
    public static String stated(long beforeSeconds, ZoneId zone) {
        return "before=" + beforeSeconds + " zone=" + zone.getId();
    }

    /** What stands in the header of a message after the line that states the clock; empty when there is nothing. */
    public static byte[] linesAfterStated(RawMessage message) {
        byte[] header = message.header();
        int lineFeed = Bytes.indexOf(header, 0, header.length, (byte) '\n');
        return lineFeed < 0 ? new byte[0] : Arrays.copyOfRange(header, lineFeed + 1, header.length);
    }

    /** The reference time in nanoseconds since 1970, for lines that tell no time at all; {@link Slice#INVALID} if none. */
    public long referenceNanos() {
        return referenceSeconds == NONE ? Slice.INVALID : referenceSeconds * NANOS_PER_SECOND;
    }

    /**
     * A date and time on this clock.
     *
     * @param fraction nanoseconds of the second
     * @return nanoseconds since 1970, or {@link Slice#INVALID} when there is no such day or time from 1970 to 2261
     */
    public long nanos(int year, int month, int day, int secondOfDay, long fraction) {
        long date = year < 1970 || year > 2261 ? Slice.INVALID : epochDay(year, month, day);
        if (date == Slice.INVALID || secondOfDay < 0 || secondOfDay > SECONDS_PER_DAY) {
            return Slice.INVALID;
        }
        return seconds(date, secondOfDay) * NANOS_PER_SECOND + fraction;
    }

    /** A date without a year, and a time; {@link Slice#INVALID} also when there is no reference to tell the year by. */
    public long nanosWithoutYear(int month, int day, int secondOfDay, long fraction) {
        if (referenceSeconds == NONE || secondOfDay < 0 || secondOfDay > SECONDS_PER_DAY) {
            return Slice.INVALID;
        }
        for (int year = latestYear; year >= latestYear - YEARS_BACK; year--) {
            long date = epochDay(year, month, day);
            if (date != Slice.INVALID) {
                long seconds = seconds(date, secondOfDay);
                if (seconds <= referenceSeconds + TOLERANCE_SECONDS) {
                    return seconds < 0 ? Slice.INVALID : seconds * NANOS_PER_SECOND + fraction;
                }
            }
        }
        return Slice.INVALID;
    }

    /** A time without a date: the latest such time that is not after the reference. */
    public long nanosWithoutDate(int secondOfDay, long fraction) {
        if (referenceSeconds == NONE || secondOfDay < 0 || secondOfDay > SECONDS_PER_DAY) {
            return Slice.INVALID;
        }
        long today = Math.floorDiv(referenceSeconds, SECONDS_PER_DAY) + 1;
        for (long date = today; date >= today - 2; date--) {
            long seconds = seconds(date, secondOfDay);
            if (seconds <= referenceSeconds) {
                return seconds < 0 ? Slice.INVALID : seconds * NANOS_PER_SECOND + fraction;
            }
        }
        return Slice.INVALID;
    }

    /** Days since 1970 of a date in the Gregorian calendar, or {@link Slice#INVALID} when there is no such day. */
    public static long epochDay(int year, int month, int day) {
        if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) {
            return Slice.INVALID;
        }
        // The year begins in March here, so that the leap day is its last (H. Hinnant, days_from_civil).
        int marchYear = month <= 2 ? year - 1 : year;
        int era = Math.floorDiv(marchYear, 400);
        int yearOfEra = marchYear - era * 400;
        int dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
        int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
        return era * 146_097L + dayOfEra - 719_468;
    }

    private static int daysIn(int year, int month) {
        return switch (month) {
            case 2 -> year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
            case 4, 6, 9, 11 -> 30;
            default -> 31;
        };
    }

    private long seconds(long date, int secondOfDay) {
        long local = date * SECONDS_PER_DAY + secondOfDay;
        if (fixedOffset != Integer.MIN_VALUE) {
            return local - fixedOffset;
        }
        long quarter = Math.floorDiv(local, QUARTER);
        if (quarter != cachedQuarter) {
            cachedQuarter = quarter;
            LocalDateTime start = LocalDateTime.ofEpochSecond(quarter * QUARTER, 0, ZoneOffset.UTC);
            cachedOffset = zone.getOffset(start).getTotalSeconds();
        }
        return local - cachedOffset;
    }
}
