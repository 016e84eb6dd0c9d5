package observatory.dashboards.panel;

import java.util.List;

/**
 * A condition that belongs to the question itself: the field has one of the values.
 *
 * @param field a keyword field
 * @param values at least one; any of them matches
 */
public record Match(String field, List<String> values) {
    public Match {
        values = List.copyOf(values);
        if (values.isEmpty()) {
            throw new IllegalArgumentException("a match on " + field + " needs a value");
        }
    }

    /** The field has this value. */
    public static Match is(String field, String value) {
        return new Match(field, List.of(value));
    }
}
