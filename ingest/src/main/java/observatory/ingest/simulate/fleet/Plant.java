package observatory.ingest.simulate.fleet;

import java.util.List;

/**
 * One planted event: what a detector must find.
 *
 * @param kind kind of the finding: {@code new-endpoint}, {@code foreign-resolver}, {@code lan-probe}, {@code
 *     sensor-silent}
 * @param site where
 * @param devices indices of the phones that take part; empty for a sensor
 * @param from when it begins, microseconds since 1970
 * @param to when it ends, likewise
 * @param subject the new endpoint, the foreign resolver, the silent sensor; for a probe the probing phone's address
 * @param text what happens, for people
 */
public record Plant(String kind, String site, List<Integer> devices, long from, long to, String subject, String text) {
    public Plant {
        devices = List.copyOf(devices);
    }
}
