package observatory.ingest.simulate.zeek;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/** How often a sensor begins new files. */
public enum Rotation {
    /** One file for everything: {@code conn.log}. */
    NONE(Duration.ZERO),
    /** {@code 2026-11-02/conn.13:00:00-14:00:00.log}, as zeekctl archives. */
    HOURLY(Duration.ofHours(1)),
    /** {@code 2026-11-02/conn.00:00:00-00:00:00.log}. */
    DAILY(Duration.ofDays(1));

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");
    private static final long SECOND = 1_000_000;

    private final Duration every;

    Rotation(Duration every) {
        this.every = every;
    }

    /** Number of the file that a moment falls into, microseconds since 1970; with no rotation it is always the same. */
    long fileOf(long micros) {
        return this == NONE ? 0 : micros / SECOND / every.toSeconds();
    }

    /** Where that file begins, microseconds since 1970; with no rotation the given beginning. */
    long begin(long file, long begin) {
        return this == NONE ? begin : file * every.toSeconds() * SECOND;
    }

    /** Name of that file below the sensor's folder, without {@code .gz}. */
    String nameOf(LogKind kind, long file) {
        if (this == NONE) {
            return kind.path() + ".log";
        }
        ZonedDateTime from = Instant.ofEpochSecond(file * every.toSeconds()).atZone(ZoneOffset.UTC);
        return from.toLocalDate() + "/" + kind.path() + "." + TIME.format(from) + "-" + TIME.format(from.plus(every))
                + ".log";
    }
}
