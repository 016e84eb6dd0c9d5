package observatory.jobs.attribute;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import observatory.geo.address.IpAddress;
import observatory.geo.address.IpPrefix;
import org.jspecify.annotations.Nullable;

/**
 * Which networks belong to which site. An address of no configured site belongs to the site of the sensor that saw it.
 *
 * @param networks site name to its networks
 */
public record Sites(Map<String, List<String>> networks) implements Serializable {
    /** No site is configured. */
    public static final Sites BY_SENSOR = new Sites(Map.of());

    public Sites {
        networks = new TreeMap<>(networks);
    }

    /** The rule with its networks parsed; throws {@link IllegalArgumentException} naming a network that is none. */
    public Rule rule() {
        return new Rule(networks.entrySet().stream()
                .flatMap(site ->
                        site.getValue().stream().map(network -> new SiteNetwork(site.getKey(), IpPrefix.of(network))))
                .toList());
    }

    /** {@link Sites} ready to decide. */
    public static final class Rule {
        private final List<SiteNetwork> networks;

        private Rule(List<SiteNetwork> networks) {
            this.networks = networks;
        }

        /**
         * The site of an answer of which it is not known who asked: that of the resolver; else, where only one site is
         * configured, that one.
         */
        public String siteOfAnswer(@Nullable IpAddress resolver, String sensorSite) {
            boolean isOnlyOne =
                    networks.stream().map(SiteNetwork::site).distinct().count() == 1;
            String otherwise = isOnlyOne ? networks.getFirst().site() : sensorSite;
            return resolver == null ? otherwise : siteOf(resolver, otherwise);
        }

        /** The site of an address. */
        public String siteOf(IpAddress address, String sensorSite) {
            for (SiteNetwork network : networks) {
                if (network.prefix().contains(address)) {
                    return network.site();
                }
            }
            return sensorSite;
        }
    }

    private record SiteNetwork(String site, IpPrefix prefix) {}
}
