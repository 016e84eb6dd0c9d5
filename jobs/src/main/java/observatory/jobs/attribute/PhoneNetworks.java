package observatory.jobs.attribute;

import java.io.Serializable;
import java.util.List;
import observatory.geo.address.IpAddress;
import observatory.geo.address.IpPrefix;

/**
 * Which addresses are phones. Decides which side of a flow is the device, never source/destination order alone.
 *
 * @param prefixes the configured phone networks; empty means that none are configured, and then private addresses are
 *     taken for devices and nothing is filtered
 */
public record PhoneNetworks(List<String> prefixes) implements Serializable {

    /** No network is configured. */
    public static final PhoneNetworks ASSUMED = new PhoneNetworks(List.of());

    public PhoneNetworks {
        prefixes = List.copyOf(prefixes);
    }

    /** The rule with its prefixes parsed; throws {@link IllegalArgumentException} naming a prefix that is none. */
    public Rule rule() {
        return new Rule(prefixes.stream().map(IpPrefix::of).toList());
    }

    /** Which side of a flow is the device, and how that was decided. */
    public enum Side {
        /** The source, by its network. */
        SOURCE,
        /** The destination, by its network. */
        DESTINATION,
        /** The source, because neither side lies in a known network and somebody has to be it. */
        ORIGINATOR,
        /** Neither: phone networks are configured and the flow touches none of them. */
        NEITHER
    }

    /** {@link PhoneNetworks} ready to decide. */
    public static final class Rule {
        private final List<IpPrefix> prefixes;

        private Rule(List<IpPrefix> prefixes) {
            this.prefixes = prefixes;
        }

        /** Decides for one flow; when both sides are phones the originator is the device. */
        public Side side(IpAddress source, IpAddress destination) {
            if (isPhone(source)) {
                return Side.SOURCE;
            }
            if (isPhone(destination)) {
                return Side.DESTINATION;
            }
            return prefixes.isEmpty() ? Side.ORIGINATOR : Side.NEITHER;
        }

        /** Whether an address is taken for that of a phone. */
        public boolean isPhone(IpAddress address) {
            if (prefixes.isEmpty()) {
                return address.isPrivate();
            }
            for (IpPrefix prefix : prefixes) {
                if (prefix.contains(address)) {
                    return true;
                }
            }
            return false;
        }
    }
}
