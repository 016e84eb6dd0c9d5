package observatory.geo.address;

/**
 * Consecutive addresses of one family, both ends included.
 *
 * @param first lowest address
 * @param last highest address, not below the first
 */
public record AddressRange(IpAddress first, IpAddress last) {
    public AddressRange {
        if (first.compareTo(last) > 0 || first.isIpv4() != last.isIpv4()) {
            throw new IllegalArgumentException("not a range: " + first + " to " + last);
        }
    }

    public boolean contains(IpAddress address) {
        return first.compareTo(address) <= 0 && address.compareTo(last) <= 0;
    }

    /** CIDR form when the range is one block, else {@code first-last}. */
    @Override
    public String toString() {
        long highBits = first.high() ^ last.high();
        long lowBits = first.low() ^ last.low();
        int same = highBits != 0 ? Long.numberOfLeadingZeros(highBits) : 64 + Long.numberOfLeadingZeros(lowBits);
        int length = first.isIpv4() ? same - 96 : same;
        IpPrefix block = IpPrefix.around(first, Math.max(0, length));
        return block.first().equals(first) && block.last().equals(last) ? block.toString() : first + "-" + last;
    }
}
