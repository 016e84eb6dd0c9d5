package observatory.dashboards.cli;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import picocli.CommandLine.ITypeConverter;

/** A moment as people give it: a day, which is its midnight, or a moment with its offset. */
record Day(String words) {
    /** The moment that was meant, days beginning at midnight of the zone. */
    Instant in(ZoneId zone) {
        try {
            return words.contains("T")
                    ? OffsetDateTime.parse(words).toInstant()
                    : LocalDate.parse(words).atStartOfDay(zone).toInstant();
        } catch (DateTimeParseException e) {
            throw CommandFailure.usage(
                    "'" + words + "' is no day and no moment; wanted 2026-11-02 or 2026-11-02T15:00:00Z");
        }
    }

    /** Takes the words as they are: what they mean depends on the zone, which another option names. */
    static final class Reader implements ITypeConverter<Day> {
        @Override
        public Day convert(String value) {
            return new Day(value.strip());
        }
    }
}
