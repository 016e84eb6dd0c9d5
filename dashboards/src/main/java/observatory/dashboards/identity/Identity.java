package observatory.dashboards.identity;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * What a pseudonym stands for, as stored in the guarded index.
 *
 * @param pseudonym {@code dev-} and 20 hex digits
 * @param erased whether it was erased; then everything that follows is null
 * @param mac {@code 00-15-65-AA-BB-CC}; null when it was never seen
 * @param address its last address
 * @param hostName what it calls itself; null when it never told
 * @param owner whose it is by the inventory; null when not listed
 * @param site where it was last seen
 * @param firstSeen when its address was first seen with it, as stored (ISO 8601, UTC)
 * @param lastSeen when it was last seen, likewise
 */
public record Identity(
        String pseudonym,
        boolean erased,
        @Nullable String mac,
        @Nullable String address,
        @Nullable String hostName,
        @Nullable String owner,
        @Nullable String site,
        @Nullable String firstSeen,
        @Nullable String lastSeen) {

    static Identity of(JsonNode source) {
        return new Identity(
                source.path("device.id").asText(),
                source.path("observatory.erased").asBoolean(),
                text(source, "host.mac"),
                text(source, "host.ip"),
                text(source, "host.hostname"),
                text(source, "observatory.device.owner"),
                text(source, "observatory.site"),
                text(source, "observatory.first_seen"),
                text(source, "observatory.last_seen"));
    }

    private static @Nullable String text(JsonNode source, String field) {
        return source.path(field).asText(null);
    }

    /** What the device is told apart by: what its pseudonym is made of. */
    String key() {
        return mac == null ? site + "|" + address : mac;
    }
}
