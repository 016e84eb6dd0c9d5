package observatory.ingest.simulate.fleet;

import java.util.List;

/**
 * One planted event: what a detector must find, or, as a look-alike, must not.
 *
 * @param kind kind of the finding, as findings name it ({@code new-endpoint}); of a look-alike, what it is
 * @param scope how wide the finding is meant to be: {@code fleet}, {@code site}, {@code cohort}, {@code device}, {@code
 *     sensor}
 * @param site where; empty when it is not one site
 * @param devices indices of the phones that take part; empty for a sensor
 * @param from when it begins, microseconds since 1970
 * @param to when it ends, likewise
 * @param subject what it is about: an endpoint, address, resolver, sensor; for a probe the probing phone's address
 * @param text what happens, for people
 * @param also kinds of findings that the same event is as well, such as the new country of a new endpoint: right when
 *     found, not missed when not
 */
public record Plant(
        String kind,
        String scope,
        String site,
        List<Integer> devices,
        long from,
        long to,
        String subject,
        String text,
        List<String> also) {
    public Plant {
        devices = List.copyOf(devices);
        also = List.copyOf(also);
    }
}
