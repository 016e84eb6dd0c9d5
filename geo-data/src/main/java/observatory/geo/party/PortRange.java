package observatory.geo.party;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Ports of one or both transports.
 *
 * @param tcp whether TCP ports are meant
 * @param udp whether UDP ports are meant
 * @param first lowest port
 * @param last highest port
 */
public record PortRange(boolean tcp, boolean udp, int first, int last) {
    private static final Pattern FORM = Pattern.compile("(TCP|UDP|TCP/UDP) ([0-9]{1,5})(?:-([0-9]{1,5}))?");
    private static final int TCP = 6;
    private static final int UDP = 17;

    /** Reads {@code TCP 443}, {@code UDP 3478-3481} or {@code TCP/UDP 5060}; null when the text is not of this form. */
    public static @Nullable PortRange parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return null;
        }
        int first = Integer.parseInt(matcher.group(2));
        int last = matcher.group(3) == null ? first : Integer.parseInt(matcher.group(3));
        String transport = matcher.group(1);
        return first < 1 || first > last || last > 0xffff
                ? null
                : new PortRange(transport.contains("TCP"), transport.contains("UDP"), first, last);
    }

    /** Whether a port of an IANA protocol is meant. */
    public boolean contains(int protocol, int port) {
        return port >= first && port <= last && ((tcp && protocol == TCP) || (udp && protocol == UDP));
    }
}
