package observatory.jobs.finding;

import java.util.Locale;
import java.util.Optional;

/** In which ways a phone can be managed, or register, so that everybody on the way can read along. */
public enum ClearProtocol {
    HTTP,
    TFTP,
    TELNET,
    FTP,
    /** SIP without TLS. */
    SIP,
    /** TLS older than 1.2. */
    OLD_TLS;

    /** The name used in settings and causes: {@code old-tls}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The protocol of a label; empty when there is none. */
    public static Optional<ClearProtocol> of(String label) {
        for (ClearProtocol protocol : values()) {
            if (protocol.label().equals(label.strip().toLowerCase(Locale.ROOT))) {
                return Optional.of(protocol);
            }
        }
        return Optional.empty();
    }
}
