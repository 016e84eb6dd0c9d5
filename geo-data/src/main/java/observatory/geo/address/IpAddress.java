package observatory.geo.address;

import org.jspecify.annotations.Nullable;

/**
 * An IPv4 or IPv6 address as a 128-bit value. IPv4 is held in its mapped form ({@code ::ffff:a.b.c.d}, RFC 4291
 * section 2.5.5.2), so that one table serves both families and a mapped address equals the IPv4 address it stands for.
 *
 * @param high the first 64 bits in network order
 * @param low the last 64 bits in network order
 */
public record IpAddress(long high, long low) implements Comparable<IpAddress> {
    private static final long MAPPED = 0xffff_0000_0000L;

    /** Longest text of an address: six full groups and a dotted quad. Longer input is refused unread. */
    private static final int LONGEST = 45;

    /** The IPv4 address with these 32 bits in network order. */
    public static IpAddress ofIpv4(int bits) {
        return new IpAddress(0, MAPPED | Integer.toUnsignedLong(bits));
    }

    /**
     * The address in 4 or 16 bytes in network order.
     *
     * @return the address, or null when there are neither 4 nor 16 bytes
     */
    public static @Nullable IpAddress ofBytes(byte[] bytes) {
        return switch (bytes.length) {
            case 4 -> ofIpv4((int) bits(bytes, 0, 4));
            case 16 -> new IpAddress(bits(bytes, 0, 8), bits(bytes, 8, 8));
            default -> null;
        };
    }

    /**
     * Reads the textual form of RFC 4291 section 2.2 or a dotted quad; no host names, no zone, no port. Octets with a
     * leading zero are refused, because some systems read them as octal. Allocates nothing but the result.
     *
     * @return the address, or null when the text is not one
     */
    public static @Nullable IpAddress parse(@Nullable CharSequence text) {
        if (text == null || text.length() < 2 || text.length() > LONGEST) {
            return null;
        }
        int limit = Math.min(text.length(), 5);
        for (int i = 0; i < limit; i++) {
            char c = text.charAt(i);
            if (c == ':') {
                return parseIpv6(text);
            }
            if (c == '.') {
                long bits = dottedQuad(text, 0, text.length());
                return bits < 0 ? null : ofIpv4((int) bits);
            }
        }
        return null;
    }

    /** Like {@link #parse} for text that must be an address. */
    public static IpAddress of(String text) {
        IpAddress address = parse(text);
        if (address == null) {
            throw new IllegalArgumentException("not an IP address: " + text);
        }
        return address;
    }

    /** Whether this is an IPv4 address, also when it was written in mapped form. */
    public boolean isIpv4() {
        return high == 0 && (low >>> 32) == 0xffff;
    }

    /** The 32 bits of an IPv4 address in network order; meaningless for IPv6. */
    public int ipv4Bits() {
        return (int) low;
    }

    /** 4 bytes for IPv4, 16 for IPv6, network order. */
    public byte[] toBytes() {
        byte[] bytes = new byte[isIpv4() ? 4 : 16];
        for (int i = bytes.length - 1, shift = 0; i >= 0; i--, shift += 8) {
            bytes[i] = (byte) (shift < 64 ? low >>> shift : high >>> (shift - 64));
        }
        return bytes;
    }

    /**
     * Whether the address belongs to somebody's own network and never to a host on the Internet: RFC 1918, shared
     * address space (RFC 6598), link-local, loopback, the unspecified address and unique local addresses (RFC 4193).
     */
    public boolean isPrivate() {
        if (!isIpv4()) {
            return (high >>> 57) == 0xfcL >>> 1 || isLinkLocal() || (high == 0 && (low >>> 1) == 0);
        }
        int bits = (int) low;
        return switch (bits >>> 24) {
            case 0, 10, 127 -> true;
            case 100 -> (bits >>> 22) == 0x64400000 >>> 22;
            case 169 -> isLinkLocal();
            case 172 -> (bits >>> 20) == 0xac100000 >>> 20;
            case 192 -> (bits >>> 16) == 0xc0a8;
            default -> false;
        };
    }

    /** Whether this is an address of one link: 169.254.0.0/16 or fe80::/10. */
    public boolean isLinkLocal() {
        return isIpv4() ? ((int) low >>> 16) == 0xa9fe : (high >>> 54) == 0xfe80L >>> 6;
    }

    /** Whether packets to this address go to a group: 224.0.0.0/4 or ff00::/8. */
    public boolean isMulticast() {
        return isIpv4() ? ((int) low >>> 28) == 0xe : (high >>> 56) == 0xff;
    }

    /** Whether this is 255.255.255.255. A subnet's own broadcast address cannot be told without its mask. */
    public boolean isBroadcast() {
        return isIpv4() && (int) low == -1;
    }

    /**
     * Whether a host on the Internet can have this address: neither private nor a group, nor reserved, for tests or for
     * documentation (IANA special-purpose registries, RFC 6890).
     */
    public boolean isGlobal() {
        return !isPrivate() && !isMulticast() && !isReserved();
    }

    private boolean isReserved() {
        if (!isIpv4()) {
            return (high >>> 61) != 1 && !isNat64() || (high >>> 32) == 0x2001_0db8L || (high >>> 44) == 0x3fff0L;
        }
        int bits = (int) low;
        return (bits >>> 28) == 0xf
                || (bits >>> 8) == 0xc00000 // 192.0.0.0/24
                || (bits >>> 8) == 0xc00002 // 192.0.2.0/24, documentation
                || (bits >>> 17) == 0xc6120000 >>> 17 // 198.18.0.0/15, benchmarks
                || (bits >>> 8) == 0xc63364 // 198.51.100.0/24, documentation
                || (bits >>> 8) == 0xcb0071; // 203.0.113.0/24, documentation
    }

    /** 64:ff9b::/96 stands for the IPv4 address in its last 32 bits (RFC 6052). */
    private boolean isNat64() {
        return high == 0x0064_ff9b_0000_0000L && (low >>> 32) == 0;
    }

    /** The IPv4 address that a NAT64 address stands for; every other address itself. */
    public IpAddress translated() {
        return isNat64() ? ofIpv4((int) low) : this;
    }

    @Override
    public int compareTo(IpAddress other) {
        int byHigh = Long.compareUnsigned(high, other.high);
        return byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
    }

    /** Dotted quad for IPv4; for IPv6 the canonical form of RFC 5952. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(LONGEST);
        if (isIpv4()) {
            for (int shift = 24; shift >= 0; shift -= 8) {
                text.append((low >>> shift) & 0xff).append(shift > 0 ? "." : "");
            }
            return text.toString();
        }
        int[] zeros = longestZeroRun();
        for (int group = 0; group < 8; group++) {
            if (group == zeros[0] && zeros[1] > 1) {
                text.append("::");
                group += zeros[1] - 1;
            } else {
                boolean first = text.isEmpty() || text.charAt(text.length() - 1) == ':';
                text.append(first ? "" : ":").append(Integer.toHexString(group(group)));
            }
        }
        return text.toString();
    }

    /** First group and length of the longest run of zero groups; the first of equals (RFC 5952 section 4.2.3). */
    private int[] longestZeroRun() {
        int[] best = {-1, 0};
        for (int start = 0; start < 8; start++) {
            int end = start;
            while (end < 8 && group(end) == 0) {
                end++;
            }
            if (end - start > best[1]) {
                best = new int[] {start, end - start};
            }
            start = Math.max(start, end - 1);
        }
        return best;
    }

    private int group(int index) {
        return (int) ((index < 4 ? high >>> (48 - 16 * index) : low >>> (112 - 16 * index)) & 0xffff);
    }

    private static long bits(byte[] bytes, int from, int length) {
        long bits = 0;
        for (int i = from; i < from + length; i++) {
            bits = bits << 8 | (bytes[i] & 0xff);
        }
        return bits;
    }

    /** The 32 bits of exactly {@code a.b.c.d} between two positions, or -1. */
    private static long dottedQuad(CharSequence text, int from, int to) {
        long bits = 0;
        int position = from;
        for (int octet = 0; octet < 4; octet++) {
            int start = position;
            int value = 0;
            while (position < to && position - start < 3 && isDigit(text.charAt(position))) {
                value = value * 10 + (text.charAt(position++) - '0');
            }
            boolean leadingZero = position - start > 1 && text.charAt(start) == '0';
            if (position == start || value > 255 || leadingZero) {
                return -1;
            }
            bits = bits << 8 | value;
            if (octet < 3 && (position >= to || text.charAt(position++) != '.')) {
                return -1;
            }
        }
        return position == to ? bits : -1;
    }

    private static @Nullable IpAddress parseIpv6(CharSequence text) {
        long high = 0;
        long low = 0;
        int groups = 0; // 16-bit groups read so far
        int gap = -1; // groups before "::", or -1
        int position = 0;
        int length = text.length();
        if (text.charAt(0) == ':') {
            if (text.charAt(1) != ':') {
                return null;
            }
            gap = 0;
            position = 2;
        }
        while (position < length) {
            int start = position;
            int value = 0;
            while (position < length && position - start < 4) {
                int digit = Character.digit(text.charAt(position), 16);
                if (digit < 0 || text.charAt(position) > 'f') {
                    break;
                }
                value = value << 4 | digit;
                position++;
            }
            if (position < length && text.charAt(position) == '.') {
                long quad = dottedQuad(text, start, length);
                if (quad < 0 || groups > 6) {
                    return null;
                }
                high = high << 32 | low >>> 32;
                low = low << 32 | quad;
                groups += 2;
                position = length;
                break;
            }
            if (position == start || ++groups > 8) {
                return null;
            }
            high = high << 16 | low >>> 48;
            low = low << 16 | value;
            if (position == length) {
                break;
            }
            if (text.charAt(position++) != ':' || position == length) {
                return null;
            }
            if (text.charAt(position) == ':') {
                if (gap >= 0) {
                    return null;
                }
                gap = groups;
                position++;
            }
        }
        return gap < 0 ? (groups == 8 ? new IpAddress(high, low) : null) : expand(high, low, groups, gap);
    }

    /** Puts the zero groups of "::" where it stood: what came after it stays right, what came before moves left. */
    private static @Nullable IpAddress expand(long high, long low, int groups, int gap) {
        if (groups > 7) {
            return null;
        }
        int after = 16 * (groups - gap);
        long afterHigh = after <= 64 ? 0 : high & (-1L >>> (128 - after));
        long afterLow = after == 0 ? 0 : after >= 64 ? low : low & (-1L >>> (64 - after));
        long beforeHigh = high ^ afterHigh;
        long beforeLow = low ^ afterLow;
        int shift = 16 * (8 - groups);
        if (shift >= 64) {
            beforeHigh = shift == 128 ? 0 : beforeLow << (shift - 64);
            beforeLow = 0;
        } else {
            beforeHigh = beforeHigh << shift | beforeLow >>> (64 - shift);
            beforeLow <<= shift;
        }
        return new IpAddress(beforeHigh | afterHigh, beforeLow | afterLow);
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
