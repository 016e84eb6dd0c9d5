package observatory.ingest.observation;

import java.util.Locale;
import java.util.Map;
import observatory.geo.address.IpAddress;

/** IANA protocol numbers and the names that sensors and ECS give them. */
public final class TransportProtocol {
    public static final int ICMP = 1;
    public static final int TCP = 6;
    public static final int UDP = 17;
    public static final int ICMPV6 = 58;
    public static final int SCTP = 132;

    private static final int LARGEST = 255;
    private static final Map<String, Integer> NUMBERS = Map.ofEntries(
            Map.entry("icmp", ICMP),
            Map.entry("igmp", 2),
            Map.entry("tcp", TCP),
            Map.entry("udp", UDP),
            Map.entry("ipv6", 41),
            Map.entry("gre", 47),
            Map.entry("esp", 50),
            Map.entry("ah", 51),
            Map.entry("ipv6-icmp", ICMPV6),
            Map.entry("icmpv6", ICMPV6),
            Map.entry("icmp6", ICMPV6),
            Map.entry("ospf", 89),
            Map.entry("pim", 103),
            Map.entry("vrrp", 112),
            Map.entry("l2tp", 115),
            Map.entry("sctp", SCTP));

    private TransportProtocol() {}

    /**
     * The number of a name or decimal number, in any case. Zeek says {@code icmp} for both families, hence the address.
     *
     * @return 0..255, or {@link FlowObservation#ABSENT} for a name that means none ({@code unknown_transport})
     */
    public static int number(String name, IpAddress address) {
        if (name.isEmpty() || name.length() > 32) {
            return FlowObservation.ABSENT;
        }
        Integer known = NUMBERS.get(name);
        int number = known != null ? known : unusual(name);
        return number == ICMP && !address.isIpv4() ? ICMPV6 : number;
    }

    private static int unusual(String name) {
        Integer known = NUMBERS.get(name.toLowerCase(Locale.ROOT));
        if (known != null) {
            return known;
        }
        // Suricata writes protocols it has no name for as three digits: 041.
        boolean isNumber = name.length() <= 3 && name.chars().allMatch(c -> c >= '0' && c <= '9');
        int number = isNumber ? Integer.parseInt(name) : FlowObservation.ABSENT;
        return number > LARGEST ? FlowObservation.ABSENT : number;
    }

    /** The name ECS wants in {@code network.transport}: {@code tcp}, {@code ipv6-icmp}; digits where there is no name. */
    public static String name(int number) {
        return switch (number) {
            case ICMP -> "icmp";
            case 2 -> "igmp";
            case TCP -> "tcp";
            case UDP -> "udp";
            case 41 -> "ipv6";
            case 47 -> "gre";
            case 50 -> "esp";
            case 51 -> "ah";
            case ICMPV6 -> "ipv6-icmp";
            case 89 -> "ospf";
            case 103 -> "pim";
            case 112 -> "vrrp";
            case 115 -> "l2tp";
            case SCTP -> "sctp";
            default -> Integer.toString(number);
        };
    }
}
