package observatory.geo.party;

/**
 * Whose network carries the destination.
 *
 * @param asn autonomous system number; 0 when unknown
 * @param organisation name of the AS; empty when unknown
 * @param prefix the range of the AS table that holds the address, CIDR or {@code first-last}; empty when unknown
 * @param cloud cloud provider ({@code aws}, {@code azure}, {@code alibaba}); empty when none is known
 */
public record Network(long asn, String organisation, String prefix, String cloud) {
    /** No table knows the address. */
    public static final Network UNKNOWN = new Network(0, "", "", "");
}
