package observatory.dashboards.identity;

import java.util.Locale;
import java.util.regex.Pattern;
import observatory.geo.address.IpAddress;
import observatory.ingest.observation.MacAddress;

/** The ways in which a person names a device: its pseudonym, its MAC, its address. */
public sealed interface DeviceName {
    /** @param text {@code dev-} and 20 hex digits */
    record Pseudonym(String text) implements DeviceName {
        private static final Pattern FORM = Pattern.compile("dev-[0-9a-f]{20}");

        /** @throws IllegalArgumentException when the text is none */
        public static Pseudonym parse(String text) {
            String lower = text.strip().toLowerCase(Locale.ROOT);
            if (!FORM.matcher(lower).matches()) {
                throw new IllegalArgumentException("'" + text + "' is no pseudonym: wanted dev- and 20 hex digits");
            }
            return new Pseudonym(lower);
        }
    }

    /** @param text {@code 00-15-65-AA-BB-CC} */
    record Mac(String text) implements DeviceName {}

    /** @param text in its one normal form */
    record Address(String text) implements DeviceName {}

    /** @throws IllegalArgumentException when the text is none of the three */
    static DeviceName parse(String text) {
        String name = text.strip();
        if (name.toLowerCase(Locale.ROOT).startsWith("dev-")) {
            return Pseudonym.parse(name);
        }
        String mac = MacAddress.ecs(name);
        if (mac != null) {
            return new Mac(mac);
        }
        IpAddress address = IpAddress.parse(name);
        if (address == null) {
            throw new IllegalArgumentException(
                    "'" + text + "' names no device: wanted a pseudonym (dev-...), a MAC or an address");
        }
        return new Address(address.toString());
    }
}
