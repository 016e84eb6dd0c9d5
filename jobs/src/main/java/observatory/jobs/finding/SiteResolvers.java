package observatory.jobs.finding;

import java.io.Serializable;
import java.util.List;
import observatory.geo.address.IpAddress;
import observatory.geo.address.IpPrefix;

/**
 * Which resolvers the phones are meant to use.
 *
 * @param prefixes addresses or networks of the site's resolvers; empty means that none are configured, and then any
 *     resolver at a private address is taken for the site's own
 */
public record SiteResolvers(List<String> prefixes) implements Serializable {
    /** None are configured. */
    public static final SiteResolvers ASSUMED = new SiteResolvers(List.of());

    public SiteResolvers {
        prefixes = List.copyOf(prefixes);
    }

    /** The rule with its prefixes parsed; throws {@link IllegalArgumentException} naming a prefix that is none. */
    public Rule rule() {
        return new Rule(prefixes.stream().map(IpPrefix::of).toList());
    }

    /** {@link SiteResolvers} ready to decide. */
    public static final class Rule {
        private final List<IpPrefix> prefixes;

        private Rule(List<IpPrefix> prefixes) {
            this.prefixes = prefixes;
        }

        /** Whether a resolver is one the phones are meant to use. */
        public boolean isOwn(IpAddress resolver) {
            return prefixes.isEmpty()
                    ? resolver.isPrivate()
                    : prefixes.stream().anyMatch(prefix -> prefix.contains(resolver));
        }
    }
}
