package observatory.geo.address;

import org.jspecify.annotations.Nullable;

/**
 * A block of addresses in CIDR form. Bits behind the length are cleared, so that two texts of one block are equal.
 *
 * @param first lowest address of the block
 * @param length leading bits that count: 0-32 for IPv4, 0-128 for IPv6
 */
public record IpPrefix(IpAddress first, int length) {
    /** Longest text: an address, a slash, three digits. */
    private static final int LONGEST = 49;

    public IpPrefix {
        if (length < 0 || length > (first.isIpv4() ? 32 : 128)) {
            throw new IllegalArgumentException("prefix length " + length + " does not fit " + first);
        }
        boolean wasIpv4 = first.isIpv4();
        first = masked(first, wasIpv4 ? length + 96 : length);
    }

    /**
     * Reads {@code 192.0.2.0/24} or {@code 2001:db8::/32}; an address alone is a block of one.
     *
     * @return the block, or null when the text is not one
     */
    public static @Nullable IpPrefix parse(@Nullable String text) {
        if (text == null || text.length() > LONGEST) {
            return null;
        }
        int slash = text.indexOf('/');
        IpAddress address = IpAddress.parse(slash < 0 ? text : text.substring(0, slash));
        if (address == null) {
            return null;
        }
        int longest = address.isIpv4() ? 32 : 128;
        int length = slash < 0 ? longest : digits(text, slash + 1);
        return length < 0 || length > longest ? null : new IpPrefix(address, length);
    }

    /** Like {@link #parse} for text that must be a block. */
    public static IpPrefix of(String text) {
        IpPrefix prefix = parse(text);
        if (prefix == null) {
            throw new IllegalArgumentException("not a block of addresses: " + text);
        }
        return prefix;
    }

    /** The block of a given length around an address; a length beyond the family's is the address alone. */
    public static IpPrefix around(IpAddress address, int length) {
        return new IpPrefix(address, Math.min(length, address.isIpv4() ? 32 : 128));
    }

    public boolean contains(IpAddress address) {
        return address.isIpv4() == first.isIpv4() && masked(address, bits()).equals(first);
    }

    /** Highest address of the block. */
    public IpAddress last() {
        int bits = bits();
        long high = bits >= 64 ? first.high() : first.high() | -1L >>> bits;
        long low = bits >= 128 ? first.low() : bits <= 64 ? -1L : first.low() | -1L >>> (bits - 64);
        return new IpAddress(high, low);
    }

    /** All addresses of the block. */
    public AddressRange range() {
        return new AddressRange(first, last());
    }

    @Override
    public String toString() {
        return first + "/" + length;
    }

    /** Leading bits in the 128-bit form. */
    private int bits() {
        return first.isIpv4() ? length + 96 : length;
    }

    private static IpAddress masked(IpAddress address, int bits) {
        long high = bits >= 64 ? address.high() : bits == 0 ? 0 : address.high() & -1L << (64 - bits);
        long low = bits >= 128 ? address.low() : bits <= 64 ? 0 : address.low() & -1L << (128 - bits);
        return new IpAddress(high, low);
    }

    private static int digits(String text, int from) {
        int value = 0;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9' || i - from > 2) {
                return -1;
            }
            value = value * 10 + (c - '0');
        }
        return from == text.length() ? -1 : value;
    }
}
