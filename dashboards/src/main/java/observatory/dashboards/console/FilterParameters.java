package observatory.dashboards.console;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.function.Function;
import observatory.dashboards.search.Filter;
import org.jspecify.annotations.Nullable;

/**
 * Reads a filter from the parameters of an address: {@code from}, {@code to}, {@code site}, {@code device}, each of which
 * may be missing or empty. Times are ISO 8601, UTC where they name no offset: {@code 2026-11-09},
 * {@code 2026-11-09T08:00}, {@code 2026-11-09T08:00:00Z}.
 */
final class FilterParameters {
    private FilterParameters() {}

    /** @throws IllegalArgumentException saying which parameter is wrong */
    static Filter read(Function<String, @Nullable String> parameters) {
        return new Filter(
                instant("from", given(parameters, "from")),
                instant("to", given(parameters, "to")),
                given(parameters, "site"),
                given(parameters, "device"));
    }

    private static @Nullable String given(Function<String, @Nullable String> parameters, String name) {
        String value = parameters.apply(name);
        return value == null || value.isBlank() ? null : value.strip();
    }

    private static @Nullable Instant instant(String name, @Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            if (!text.contains("T")) {
                return LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
            }
            boolean offset =
                    text.endsWith("Z") || text.lastIndexOf('+') > 0 || text.lastIndexOf('-') > text.indexOf('T');
            return offset
                    ? OffsetDateTime.parse(text).toInstant()
                    : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    "'" + name + "' is '" + text + "', which is no ISO 8601 time such as 2026-11-09T08:00Z", e);
        }
    }
}
