package observatory.geo.name;

import com.google.common.net.InternetDomainName;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What names count as one endpoint: the registrable domain. At providers of dynamic names a phone may register its own
 * MAC or inside address ({@code 001565aabbcc.dyndns.org}); such names count as one ({@code *.dyndns.org}), because a name
 * for each phone tells who it is and says nothing of where it talks to.
 */
public final class EndpointName {
    private static final Pattern OF_DEVICE =
            Pattern.compile("(?:^|[^0-9a-f])(?:(?=[a-f]*\\d)[0-9a-f]{12}|[0-9a-f]{2}(?:-[0-9a-f]{2}){5})(?:[^0-9a-f]|$)"
                    + "|(?:^|\\D)(?:10|127|192-168|172-(?:1[6-9]|2\\d|3[01]))(?:-\\d{1,3}){2,3}(?:\\D|$)");

    private EndpointName() {}

    /** The endpoint that a name belongs to; empty for a single label and for a public suffix. */
    public static Optional<String> of(DomainName name) {
        return name.registrableDomain().map(EndpointName::common);
    }

    private static String common(String registrable) {
        int dot = registrable.indexOf('.');
        return OF_DEVICE.matcher(registrable.substring(0, dot)).find() && isCustomer(registrable)
                ? "*" + registrable.substring(dot)
                : registrable;
    }

    /** Whether the domain was registered with somebody who himself registered his. */
    private static boolean isCustomer(String registrable) {
        return InternetDomainName.isValid(registrable)
                && !InternetDomainName.from(registrable).isTopDomainUnderRegistrySuffix();
    }
}
