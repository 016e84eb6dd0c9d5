package observatory.ingest.identity;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import observatory.ingest.decode.Format;

/** Tells lease files and inventories by a line of them. */
public final class IdentityFiles {
    private static final int LOOKED_AT = 2048;

    private static final Pattern DNSMASQ =
            Pattern.compile("\\d{1,12} (\\d\\d-)?([0-9a-fA-F]{2}:){5}[0-9a-fA-F]{2} [0-9a-fA-F.:]+ \\S+ \\S+");
    private static final Pattern ISC = Pattern.compile("lease [0-9a-fA-F.:]+ \\{");

    private IdentityFiles() {}

    /** The format of the line {@code head[from, to)}, or empty when it is of none of these. */
    public static Optional<Format> format(byte[] head, int from, int to) {
        int end = Math.min(to, from + LOOKED_AT);
        String line = new String(head, from, end - from, StandardCharsets.ISO_8859_1).strip();
        if (DNSMASQ.matcher(line).matches()) {
            return Optional.of(Format.DNSMASQ_LEASES);
        }
        if (ISC.matcher(line).lookingAt()
                || line.startsWith("# The format of this file is documented in the dhcpd.leases")) {
            return Optional.of(Format.ISC_LEASES);
        }
        if (line.startsWith("address,hwaddr,") || line.startsWith("address,duid,")) {
            return Optional.of(Format.KEA_LEASES);
        }
        return InventoryDecoder.isHeader(head, from, end) ? Optional.of(Format.INVENTORY) : Optional.empty();
    }
}
