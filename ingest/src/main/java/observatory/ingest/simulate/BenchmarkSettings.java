package observatory.ingest.simulate;

import java.time.Duration;
import java.time.LocalDate;

/**
 * What a benchmark input holds. The same settings give the same bytes.
 *
 * @param flows lines of conn.log, 1..1,000,000,000
 * @param devices number of phones, 1..4,000
 * @param destinations number of public addresses, 1..500,000; how often each is met falls off as 1/rank
 * @param span time over which the flows end evenly
 * @param seed everything random comes from it
 * @param names whether a dns.log gives every device an answer for every address before it uses it
 * @param start day on which the span begins, at midnight UTC
 */
public record BenchmarkSettings(
        long flows, int devices, int destinations, Duration span, long seed, boolean names, LocalDate start) {

    public BenchmarkSettings {
        within("flows", flows, 1, 1_000_000_000);
        within("devices", devices, 1, 4_000);
        within("destinations", destinations, 1, 500_000);
        within("span in seconds", span.toSeconds(), 1, 31 * 86_400L);
    }

    private static void within(String what, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(what + " must be " + least + ".." + most + ", not " + value);
        }
    }

    /** Two million flows of 200 devices to 20,000 addresses within an hour. */
    public static BenchmarkSettings standard() {
        return new BenchmarkSettings(2_000_000, 200, 20_000, Duration.ofHours(1), 1, false, LocalDate.of(2026, 11, 2));
    }

    public BenchmarkSettings withFlows(long other) {
        return new BenchmarkSettings(other, devices, destinations, span, seed, names, start);
    }

    public BenchmarkSettings withNames(boolean given) {
        return new BenchmarkSettings(flows, devices, destinations, span, seed, given, start);
    }
}
