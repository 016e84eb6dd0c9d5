package observatory.ingest.simulate.zeek;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One line of a log, not yet formatted.
 *
 * @param at when the sensor writes it, microseconds since 1970
 * @param eventMinute minute since 1970 in which what it tells happened
 * @param kind log it belongs to
 * @param values one per column; null for unset
 */
record Line(long at, long eventMinute, LogKind kind, List<@Nullable Object> values) {
    private static final long MINUTE = 60_000_000;

    static Line of(long at, long event, LogKind kind, @Nullable Object... values) {
        if (values.length != kind.columns().size()) {
            throw new IllegalArgumentException(
                    kind + " has " + kind.columns().size() + " columns, not " + values.length);
        }
        return new Line(at, event / MINUTE, kind, Collections.unmodifiableList(Arrays.asList(values)));
    }
}
