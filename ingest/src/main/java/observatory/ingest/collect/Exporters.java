package observatory.ingest.collect;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import observatory.geo.address.IpAddress;
import observatory.geo.address.IpPrefix;
import org.jspecify.annotations.Nullable;

/**
 * Who sends from which address: what is configured, else the address itself as the name, and the site whose networks hold
 * it.
 */
public final class Exporters {
    private final Map<IpAddress, Exporter> configured;
    private final List<SiteNetwork> networks;

    /**
     * @param configured exporters with a name of their own
     * @param networks networks of sites; the first that holds an address decides
     */
    public Exporters(List<Exporter> configured, List<SiteNetwork> networks) {
        this.configured = configured.stream()
                .collect(Collectors.toUnmodifiableMap(Exporter::address, exporter -> exporter, (one, other) -> one));
        this.networks = List.copyOf(networks);
    }

    /**
     * An exporter, or any other sender, that has a name.
     *
     * @param address what it sends from
     * @param name its name
     * @param site its site; null: the one whose networks hold the address
     */
    public record Exporter(
            IpAddress address, String name, @Nullable String site) {}

    /** A network of a site. */
    public record SiteNetwork(String site, IpPrefix network) {}

    /** Name and site of a sender. */
    public record Named(String sensor, String site) {}

    /** Who sends from this address. */
    public Named of(InetAddress peer) {
        IpAddress address = IpAddress.parse(textOf(peer));
        String text = address == null ? textOf(peer) : address.toString();
        Exporter exporter = address == null ? null : configured.get(address);
        String name = exporter == null ? text : exporter.name();
        if (exporter != null && exporter.site() != null) {
            return new Named(name, exporter.site());
        }
        return new Named(name, siteOf(address).orElse(name));
    }

    private Optional<String> siteOf(@Nullable IpAddress address) {
        return address == null
                ? Optional.empty()
                : networks.stream()
                        .filter(network -> network.network().contains(address))
                        .map(SiteNetwork::site)
                        .findFirst();
    }

    /** Without the zone of a link-local address, which is a matter of this machine. */
    static String textOf(InetAddress peer) {
        String text = peer.getHostAddress();
        int zone = text.indexOf('%');
        return zone < 0 ? text : text.substring(0, zone);
    }
}
