package observatory.dashboards.evaluate;

import java.time.Instant;
import java.util.Set;

/**
 * One planted event, as {@code truth.json} tells it.
 *
 * @param kind kind of the finding that is expected; of a look-alike, what it is
 * @param scope how wide the finding is meant to be
 * @param site where; empty when it is not one site
 * @param devices MACs of the phones that take part
 * @param from when it begins
 * @param to when it ends
 * @param subject endpoint, address, resolver or sensor
 * @param text what happens
 * @param also kinds of findings that the event is as well
 */
record Label(
        String kind,
        String scope,
        String site,
        Set<String> devices,
        Instant from,
        Instant to,
        String subject,
        String text,
        Set<String> also) {
    Label {
        devices = Set.copyOf(devices);
        also = Set.copyOf(also);
    }
}
