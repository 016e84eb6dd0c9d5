package observatory.ingest.dnslog;

import java.util.Optional;
import observatory.ingest.decode.Format;

/** Tells the logs of DNS servers apart by a line of them. */
public final class DnsLogs {
    private DnsLogs() {}

    /** The format of the line {@code head[from, to)}, or empty when it is of none of these. */
    public static Optional<Format> format(byte[] head, int from, int to) {
        LogLine line = new LogLine(head, from, to);
        if (DnsmasqDecoder.isLikely(line)) {
            return Optional.of(Format.DNSMASQ);
        }
        if (UnboundDecoder.isLikely(line)) {
            return Optional.of(Format.UNBOUND);
        }
        if (WindowsDnsDecoder.isLikely(line)) {
            return Optional.of(Format.WINDOWS_DNS);
        }
        if (PowerDnsDecoder.isLikely(line)) {
            return Optional.of(Format.POWERDNS);
        }
        if (CoreDnsDecoder.isLikely(line)) {
            return Optional.of(Format.COREDNS);
        }
        return BindDecoder.isLikely(line) ? Optional.of(Format.BIND_QUERY) : Optional.empty();
    }
}
