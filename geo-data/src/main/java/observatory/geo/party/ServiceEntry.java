package observatory.geo.party;

import java.util.List;
import observatory.geo.catalogue.Provenance;
import org.jspecify.annotations.Nullable;

/**
 * One statement of the service catalogue.
 *
 * @param service what is stated
 * @param operator who runs it; null when nobody can be named
 * @param what in one sentence
 * @param hosting what the source says about where it runs; empty when nothing. Never used to place an address
 * @param ports what the source documents
 * @param portsDecide whether the entry holds for its ports only
 * @param own whether the user's catalogue states it; it then wins over the product's entries for the same pattern
 * @param provenance who says so
 */
public record ServiceEntry(
        Service service,
        @Nullable Operator operator,
        String what,
        String hosting,
        List<PortRange> ports,
        boolean portsDecide,
        boolean own,
        Provenance provenance) {
    public ServiceEntry {
        ports = List.copyOf(ports);
    }

    /** Whether the entry holds for a port. */
    boolean holdsFor(int protocol, int port) {
        return !portsDecide || ports.stream().anyMatch(range -> range.contains(protocol, port));
    }
}
