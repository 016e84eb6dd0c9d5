package observatory.geo.party;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
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
import observatory.geo.catalogue.Replacement;
import observatory.geo.name.DomainName;
import observatory.geo.name.SuffixTable;
import org.jspecify.annotations.Nullable;

/**
 * What destinations of phones are known to be: {@code services.yaml}, the product's and over it the user's. Names win over
 * addresses: the name itself, then the last name of its CNAME chain, then the longest block, then the AS. For one and the
 * same pattern the user's entries win. Immutable.
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
    private final List<Replacement> replacements;

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
        this.replacements = List.copyOf(builder.replacements);
    }

    /** Reads and checks the file; operators must be known. */
    public static ServiceCatalogue read(CatalogueFile file, Operators operators) {
        return read(file, null, operators);
    }

    /**
     * Reads and checks both files; operators must be known.
     *
     * @param own the user's entries, which win where both have the same name, block or AS; null when there are none
     */
    public static ServiceCatalogue read(CatalogueFile file, @Nullable CatalogueFile own, Operators operators) {
        Builder builder = new Builder(operators);
        file.entries("services").forEach(entry -> builder.add(entry, false));
        if (own != null) {
            own.entries("services").forEach(entry -> builder.add(entry, true));
        }
        return new ServiceCatalogue(builder);
    }

    /** What the user's file replaced. */
    public List<Replacement> replacements() {
        return replacements;
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

    /** The user's entries first; of each, those for certain ports before those for all; else in the order of the file. */
    private static List<ServiceEntry> portsFirst(List<ServiceEntry> found) {
        List<ServiceEntry> sorted = new ArrayList<>(found);
        sorted.sort(Comparator.comparing(ServiceEntry::own)
                .thenComparing(ServiceEntry::portsDecide)
                .reversed());
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
        private final List<Replacement> replacements = new ArrayList<>();
        private final Operators operators;

        Builder(Operators operators) {
            this.operators = operators;
        }

        void add(Entry entry, boolean own) {
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
            ServiceEntry service = service(entry, own);
            List<DomainName> exact = entry.all("hosts", "a domain name", DomainName::parse);
            List<DomainName> endings = entry.all("suffixes", "a domain name", DomainName::parse);
            List<IpPrefix> cidrs = entry.all("cidrs", "a block of addresses", IpPrefix::parse);
            List<Long> asns = entry.asns();
            if (exact.isEmpty() && endings.isEmpty() && cidrs.isEmpty() && asns.isEmpty()) {
                throw entry.problem("one of hosts, suffixes, cidrs, asns is needed");
            }
            entries.add(service);
            exact.forEach(name -> put(hosts, name, service, entry, "host " + name.text()));
            endings.forEach(name -> put(suffixes, name, service, entry, "suffix " + name.text()));
            cidrs.forEach(block -> put(blocks, block, service, entry, "block " + block));
            asns.forEach(asn -> put(networks, asn, service, entry, "AS" + asn));
            if (own) {
                // A suffix covers its own name as well, and there the product may know an exact host.
                endings.stream()
                        .filter(hosts::containsKey)
                        .forEach(name -> put(hosts, name, service, entry, "host " + name.text()));
            }
        }

        private <K> void put(Map<K, List<ServiceEntry>> map, K key, ServiceEntry service, Entry entry, String pattern) {
            List<ServiceEntry> found = map.computeIfAbsent(key, absent -> new ArrayList<>());
            if (service.own()) {
                found.stream()
                        .filter(known -> !known.own())
                        .map(known -> pattern + " (" + known.service().key() + ")")
                        .distinct()
                        .forEach(what -> replacements.add(entry.replaces(what)));
            }
            found.add(service);
        }

        private ServiceEntry service(Entry entry, boolean own) {
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
                    service, operator, entry.filled("what"), entry.text("hosting"), ports, decide, own, provenance);
        }

        private static Service.Purpose purpose(Entry entry) {
            for (Service.Purpose purpose : Service.Purpose.values()) {
                if (purpose.label().equals(entry.text("purpose"))) {
                    return purpose;
                }
            }
            throw entry.problem("unknown purpose '" + entry.text("purpose") + "'");
        }
    }
}
