package observatory.geo.attribution;

import java.util.Locale;

/** Where the name of a destination comes from, strongest first. */
public enum NameSource {
    /** TLS server name or HTTP host of the flow itself. */
    SNI,
    /** A DNS answer given to this device for this address. */
    OWN_DNS,
    /** A DNS answer given to another device of the site. */
    SITE_DNS,
    /** No name, but the address lies in a range that the catalogue ties to a service. */
    RANGE,
    /** Nothing at all. */
    NONE;

    /** The name used in counters and documents: {@code own_dns}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
