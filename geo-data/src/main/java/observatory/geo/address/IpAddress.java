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

    /** The IPv4 address with these 32 bits in network order. */
    public static IpAddress ofIpv4(int bits) {
        return new IpAddress(0, MAPPED | Integer.toUnsignedLong(bits));
    }

    /**
     * Reads the textual form of RFC 4291 section 2.2 or a dotted quad; no host names, no zone, no port.
     *
     * @return the address, or null when the text is not one
     */
    public static @Nullable IpAddress parse(@Nullable CharSequence text) {
        throw new UnsupportedOperationException("geo-data");
    }

    /** Like {@link #parse} for text that must be an address. */
    public static IpAddress of(String text) {
        IpAddress address = parse(text);
        if (address == null) {
            throw new IllegalArgumentException("not an IP address: " + text);
        }
        return address;
    }

    public boolean isIpv4() {
        return high == 0 && (low >>> 32) == 0xffff;
    }

    @Override
    public int compareTo(IpAddress other) {
        int byHigh = Long.compareUnsigned(high, other.high);
        return byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
    }
}
