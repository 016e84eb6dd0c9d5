package observatory.geo.party;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import observatory.geo.address.IpAddress;
import observatory.geo.address.IpPrefix;
import observatory.geo.address.PrefixTable;
import observatory.geo.catalogue.CatalogueFile;
import observatory.geo.catalogue.Entry;
import observatory.geo.catalogue.Provenance;
import observatory.geo.name.DomainName;
import observatory.geo.name.SuffixTable;
import org.jspecify.annotations.Nullable;

/**
 * What destinations of phones are known to be: {@code services.yaml}. Names win over addresses: the name itself, then the
 * last name of its CNAME chain, then the longest block, then the AS. Immutable.
 */
public final class ServiceCatalogue {
    private static final int TCP = 6;
    private static final int UDP = 17;

    private final List<ServiceEntry> entries;
    private final SuffixTable<List<ServiceEntry>> names;
    private final PrefixTable<Block> blocks;
    private final Map<Long, List<ServiceEntry>> networks;
    private final int[] tcpBounds;
    private final int[] udpBounds;

    private record Block(String pattern, List<ServiceEntry> entries) {}

    private ServiceCatalogue(Builder builder) {
        this.entries = List.copyOf(builder.entries);
        SuffixTable.Builder<List<ServiceEntry>> byName = new SuffixTable.Builder<>();
        builder.hosts.forEach((name, found) -> byName.putExact(name, portsFirst(found)));
        builder.suffixes.forEach((name, found) -> byName.putSuffix(name, portsFirst(found)));
        this.names = byName.build();
        PrefixTable.Builder<Block> byBlock = new PrefixTable.Builder<>();
        builder.blocks.forEach((block, found) -> byBlock.put(block, new Block(block.toString(), portsFirst(found))));
        this.blocks = byBlock.build();
        Map<Long, List<ServiceEntry>> byAsn = new HashMap<>();
        builder.networks.forEach((asn, found) -> byAsn.put(asn, portsFirst(found)));
        this.networks = Map.copyOf(byAsn);
        this.tcpBounds = bounds(entries, TCP);
        this.udpBounds = bounds(entries, UDP);
    }

    /** Reads and checks the file; operators must be known. */
    public static ServiceCatalogue read(CatalogueFile file, Operators operators) {
        Builder builder = new Builder();
        file.entries("services").forEach(entry -> builder.add(entry, operators));
        return new ServiceCatalogue(builder);
    }

    /** The entries in the order of the file. */
    public List<ServiceEntry> entries() {
        return entries;
    }

    /**
     * The entry that holds for a destination, or null when none does.
     *
     * @param name what was asked for; null when unknown
     * @param target last name of the CNAME chain; null without a chain
     * @param asn AS that announces the address; 0 when unknown
     * @param port destination port; 0 when unknown
     * @param protocol IANA protocol number
     */
    public @Nullable ServiceMatch find(
            @Nullable DomainName name,
            @Nullable DomainName target,
            IpAddress address,
            long asn,
            int port,
            int protocol) {
        ServiceMatch match = byName(name, ServiceMatch.Kind.NAME, port, protocol);
        if (match == null) {
            match = byName(target, ServiceMatch.Kind.TARGET, port, protocol);
        }
        if (match == null) {
            match = byBlock(address, port, protocol);
        }
        return match != null ? match : byNetwork(asn, port, protocol);
    }

    /** A number that is the same for all ports that no entry tells apart; makes caches small. */
    public int portClass(int protocol, int port) {
        return switch (protocol) {
            case TCP -> 1 + position(tcpBounds, port);
            case UDP -> 1 + tcpBounds.length + 1 + position(udpBounds, port);
            default -> 0;
        };
    }

    private @Nullable ServiceMatch byName(@Nullable DomainName name, ServiceMatch.Kind kind, int port, int protocol) {
        SuffixTable.Match<List<ServiceEntry>> found = name == null ? null : names.find(name);
        return found == null ? null : pick(found.value(), kind, found.pattern(), port, protocol);
    }

    private @Nullable ServiceMatch byBlock(IpAddress address, int port, int protocol) {
        Block block = blocks.find(address);
        return block == null ? null : pick(block.entries, ServiceMatch.Kind.BLOCK, block.pattern, port, protocol);
    }

    private @Nullable ServiceMatch byNetwork(long asn, int port, int protocol) {
        List<ServiceEntry> found = asn == 0 ? null : networks.get(asn);
        return found == null ? null : pick(found, ServiceMatch.Kind.AS, "AS" + asn, port, protocol);
    }

    private static @Nullable ServiceMatch pick(
            List<ServiceEntry> found, ServiceMatch.Kind kind, String pattern, int port, int protocol) {
        for (ServiceEntry entry : found) {
            if (entry.holdsFor(protocol, port)) {
                return new ServiceMatch(entry, kind, pattern);
            }
        }
        return null;
    }

    /** Entries that hold for certain ports before those that hold for all; else in the order of the file. */
    private static List<ServiceEntry> portsFirst(List<ServiceEntry> found) {
        List<ServiceEntry> sorted = new ArrayList<>(found);
        sorted.sort((left, right) -> Boolean.compare(right.portsDecide(), left.portsDecide()));
        return List.copyOf(sorted);
    }

    private static int[] bounds(List<ServiceEntry> entries, int protocol) {
        TreeSet<Integer> bounds = new TreeSet<>();
        for (ServiceEntry entry : entries) {
            for (PortRange range : entry.ports()) {
                if (entry.portsDecide() && range.contains(protocol, range.first())) {
                    bounds.add(range.first());
                    bounds.add(range.last() + 1);
                }
            }
        }
        return bounds.stream().mapToInt(Integer::intValue).toArray();
    }

    private static int position(int[] bounds, int port) {
        int found = Arrays.binarySearch(bounds, port);
        return found >= 0 ? found + 1 : -found - 1;
    }

    /** Collects entries by what they are matched by. */
    private static final class Builder {
        private final List<ServiceEntry> entries = new ArrayList<>();
        private final Map<DomainName, List<ServiceEntry>> hosts = new LinkedHashMap<>();
        private final Map<DomainName, List<ServiceEntry>> suffixes = new LinkedHashMap<>();
        private final Map<IpPrefix, List<ServiceEntry>> blocks = new LinkedHashMap<>();
        private final Map<Long, List<ServiceEntry>> networks = new LinkedHashMap<>();

        void add(Entry entry, Operators operators) {
            entry.allow(
                    "vendor",
                    "name",
                    "purpose",
                    "operator",
                    "what",
                    "hosts",
                    "suffixes",
                    "cidrs",
                    "asns",
                    "ports",
                    "ports-decide",
                    "hosting",
                    "grade",
                    "source",
                    "date");
            ServiceEntry service = service(entry, operators);
            List<DomainName> exact = entry.all("hosts", "a domain name", DomainName::parse);
            List<DomainName> endings = entry.all("suffixes", "a domain name", DomainName::parse);
            List<IpPrefix> cidrs = entry.all("cidrs", "a block of addresses", IpPrefix::parse);
            List<Long> asns = entry.asns();
            if (exact.isEmpty() && endings.isEmpty() && cidrs.isEmpty() && asns.isEmpty()) {
                throw entry.problem("one of hosts, suffixes, cidrs, asns is needed");
            }
            entries.add(service);
            exact.forEach(name -> list(hosts, name).add(service));
            endings.forEach(name -> list(suffixes, name).add(service));
            cidrs.forEach(block -> list(blocks, block).add(service));
            asns.forEach(asn -> list(networks, asn).add(service));
        }

        private static ServiceEntry service(Entry entry, Operators operators) {
            String id = entry.text("operator");
            Operator operator = operators.find(id);
            if (operator == null && !id.isEmpty()) {
                throw entry.problem("operator '" + id + "' is not in operators.yaml");
            }
            String vendor = entry.filled("vendor");
            if (vendor.contains("/") || entry.filled("name").contains("/")) {
                throw entry.problem("vendor and name must not contain '/', which separates them in keys");
            }
            Provenance provenance = entry.provenance();
            Service service = new Service(
                    vendor,
                    entry.filled("name"),
                    purpose(entry),
                    operator == null ? "" : operator.name(),
                    provenance.grade(),
                    provenance.source());
            List<PortRange> ports = entry.all("ports", "of the form TCP 443 or UDP 3478-3481", PortRange::parse);
            boolean decide = entry.flag("ports-decide");
            if (decide && ports.isEmpty()) {
                throw entry.problem("ports-decide needs ports");
            }
            return new ServiceEntry(
                    service, operator, entry.filled("what"), entry.text("hosting"), ports, decide, provenance);
        }

        private static Service.Purpose purpose(Entry entry) {
            for (Service.Purpose purpose : Service.Purpose.values()) {
                if (purpose.label().equals(entry.text("purpose"))) {
                    return purpose;
                }
            }
            throw entry.problem("unknown purpose '" + entry.text("purpose") + "'");
        }

        private static <K> List<ServiceEntry> list(Map<K, List<ServiceEntry>> map, K key) {
            return map.computeIfAbsent(key, absent -> new ArrayList<>());
        }
    }
}
