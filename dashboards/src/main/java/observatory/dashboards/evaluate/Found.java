package observatory.dashboards.evaluate;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Map;
import observatory.geo.address.IpAddress;
import observatory.geo.address.IpPrefix;
import org.jspecify.annotations.Nullable;

/**
 * One finding, as its document tells it.
 *
 * @param kind kind
 * @param scope how wide it is
 * @param site site; empty when it is wider than one
 * @param sensor sensor; empty when it is not about one
 * @param mac MAC of the device; empty when it is about none
 * @param endpoint endpoint as the document names it; empty when it is about none
 * @param domain registrable domain of it; empty when it has no name
 * @param first first event
 * @param last latest event
 * @param cause what it is about
 * @param message the finding in one sentence
 */
record Found(
        String kind,
        String scope,
        String site,
        String sensor,
        String mac,
        String endpoint,
        String domain,
        Instant first,
        Instant last,
        String cause,
        String message) {

    /**
     * Reads a document.
     *
     * @param macs MAC by pseudonym
     */
    static Found of(JsonNode json, Map<String, String> macs) {
        return new Found(
                json.path("observatory.finding.kind").asText(),
                json.path("observatory.finding.scope").asText(),
                json.path("observatory.site").asText(),
                json.path("observer.name").asText(),
                macs.getOrDefault(json.path("device.id").asText(), ""),
                json.path("observatory.endpoint").asText(),
                json.path("destination.registered_domain").asText(),
                Instant.parse(json.path("event.start").asText()),
                Instant.parse(json.path("event.end").asText()),
                json.path("observatory.finding.cause").asText(),
                json.path("message").asText());
    }

    /** Whether its endpoint is what a label is about: the same domain, or a network that holds the address. */
    boolean isAt(String subject) {
        if (domain.equals(subject)) {
            return true;
        }
        IpAddress address = IpAddress.parse(subject);
        return address != null && domain.isEmpty() && holds(endpoint.substring(endpoint.indexOf(' ') + 1), address);
    }

    /** {@code 133.11.0.0/16} or {@code 52.0.0.0-52.19.255.255}. */
    private static boolean holds(String network, IpAddress address) {
        @Nullable IpPrefix prefix = IpPrefix.parse(network);
        if (prefix != null) {
            return prefix.contains(address);
        }
        int dash = network.indexOf('-');
        IpAddress first = dash < 0 ? null : IpAddress.parse(network.substring(0, dash));
        IpAddress last = dash < 0 ? null : IpAddress.parse(network.substring(dash + 1));
        return first != null && last != null && first.compareTo(address) <= 0 && last.compareTo(address) >= 0;
    }
}
