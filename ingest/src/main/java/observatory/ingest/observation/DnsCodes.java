package observatory.ingest.observation;

import java.util.Locale;
import java.util.Map;

/** Names of DNS record types and response codes, for sources that log only the number (IANA DNS parameters). */
public final class DnsCodes {
    private static final Map<Integer, String> TYPES = Map.ofEntries(
            Map.entry(1, "A"),
            Map.entry(2, "NS"),
            Map.entry(5, "CNAME"),
            Map.entry(6, "SOA"),
            Map.entry(12, "PTR"),
            Map.entry(15, "MX"),
            Map.entry(16, "TXT"),
            Map.entry(28, "AAAA"),
            Map.entry(33, "SRV"),
            Map.entry(35, "NAPTR"),
            Map.entry(39, "DNAME"),
            Map.entry(43, "DS"),
            Map.entry(46, "RRSIG"),
            Map.entry(47, "NSEC"),
            Map.entry(48, "DNSKEY"),
            Map.entry(64, "SVCB"),
            Map.entry(65, "HTTPS"),
            Map.entry(255, "ANY"),
            Map.entry(257, "CAA"));
    private static final String[] RESPONSE_CODES = {
        "NOERROR",
        "FORMERR",
        "SERVFAIL",
        "NXDOMAIN",
        "NOTIMP",
        "REFUSED",
        "YXDOMAIN",
        "YXRRSET",
        "NXRRSET",
        "NOTAUTH",
        "NOTZONE"
    };

    private DnsCodes() {}

    /** {@code A}, {@code HTTPS}, ...; {@code TYPE4711} (RFC 3597) where the number has no name. */
    public static String type(long number) {
        String name = number <= Integer.MAX_VALUE ? TYPES.get((int) number) : null;
        return name != null ? name : "TYPE" + number;
    }

    /** The type as a sensor names it; Zeek's {@code query-65} becomes {@code HTTPS}. */
    public static String type(String name) {
        String digits = name.toLowerCase(Locale.ROOT).startsWith("query-") ? name.substring("query-".length()) : "";
        boolean isNumber =
                !digits.isEmpty() && digits.length() <= 5 && digits.chars().allMatch(Character::isDigit);
        return isNumber ? type(Long.parseLong(digits)) : name;
    }

    /** The type as servers write it: {@code TYPE65} (RFC 3597) and {@code type65} become {@code HTTPS}. */
    public static String fromGeneric(String name) {
        boolean isGeneric = name.length() > 4
                && name.length() <= 9
                && name.regionMatches(true, 0, "TYPE", 0, 4)
                && name.chars().skip(4).allMatch(c -> c >= '0' && c <= '9');
        return isGeneric ? type(Long.parseLong(name.substring(4))) : name;
    }

    /** {@code NOERROR}, {@code NXDOMAIN}, ...; {@code RCODE17} where the number has no name. */
    public static String responseCode(long number) {
        return number >= 0 && number < RESPONSE_CODES.length ? RESPONSE_CODES[(int) number] : "RCODE" + number;
    }
}
