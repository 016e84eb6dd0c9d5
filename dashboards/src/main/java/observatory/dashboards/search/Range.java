package observatory.dashboards.search;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;

/**
 * The interval that a figure is about.
 *
 * @param from inclusive
 * @param to exclusive, after {@code from}
 */
public record Range(Instant from, Instant to) {
    private static final int MOST_STEPS = 400;

    private static final List<Duration> STEPS = List.of(
            Duration.ofMinutes(5),
            Duration.ofMinutes(15),
            Duration.ofMinutes(30),
            Duration.ofHours(1),
            Duration.ofHours(3),
            Duration.ofHours(6),
            Duration.ofHours(12),
            Duration.ofDays(1),
            Duration.ofDays(7),
            Duration.ofDays(28));

    public Range {
        if (!from.isBefore(to)) {
            throw new IllegalArgumentException("the interval from " + from + " to " + to + " is empty");
        }
    }

    /** The finest step that a person still reads, at most 400 to the range; 28 days when the range is longer than 30 years. */
    public Duration step() {
        Duration length = Duration.between(from, to);
        return STEPS.stream()
                .filter(step -> length.dividedBy(step) < MOST_STEPS)
                .findFirst()
                .orElse(STEPS.getLast());
    }

    /** The starts of the steps that touch the range, counted from the epoch as Elasticsearch counts them. */
    public List<Instant> times() {
        long width = step().toMillis();
        long first = Math.floorDiv(from.toEpochMilli(), width);
        long last = Math.floorDiv(to.toEpochMilli() - 1, width);
        return LongStream.rangeClosed(first, last)
                .mapToObj(number -> Instant.ofEpochMilli(number * width))
                .toList();
    }
}
