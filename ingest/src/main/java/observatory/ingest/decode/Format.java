package observatory.ingest.decode;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The input formats that a decoder exists for, as {@code --format} and {@code observer.type} name them. */
public enum Format {
    /** Zeek logs, tab-separated with a {@code #fields} header. */
    ZEEK_TSV("zeek"),
    /** Zeek logs, one JSON object a line. */
    ZEEK_JSON("zeek"),
    /** Suricata EVE, one JSON object a line. */
    SURICATA_EVE("suricata"),
    /** NetFlow version 5 datagrams. */
    NETFLOW5("netflow5"),
    /** NetFlow version 9 datagrams (RFC 3954), also of Cisco NSEL. */
    NETFLOW9("netflow9"),
    /** IPFIX messages (RFC 7011), one a datagram. */
    IPFIX("ipfix"),
    /** sFlow version 5 datagrams. */
    SFLOW5("sflow5"),
    /** Log lines of dnsmasq and Pi-hole, DNS and DHCP. */
    DNSMASQ("dnsmasq"),
    /** dnstap messages in Frame Streams. */
    DNSTAP("dnstap"),
    /** BIND's query log. */
    BIND_QUERY("bind"),
    /** Unbound's log with queries or replies. */
    UNBOUND("unbound"),
    /** Debug log of the DNS server of Windows. */
    WINDOWS_DNS("windows-dns"),
    /** What the log plugin of CoreDNS writes. */
    COREDNS("coredns"),
    /** Query logs of PowerDNS, recursor and authoritative server. */
    POWERDNS("powerdns"),
    /** What our own collectors tell about themselves, one JSON object a line. */
    COLLECTOR_STATUS("collector"),
    /** Lease file of dnsmasq. */
    DNSMASQ_LEASES("dnsmasq"),
    /** Lease file of ISC's DHCP server. */
    ISC_LEASES("isc-dhcp"),
    /** Lease files of Kea, CSV. */
    KEA_LEASES("kea"),
    /** An inventory of devices, CSV with named columns. */
    INVENTORY("inventory");

    private final String observerType;

    Format(String observerType) {
        this.observerType = observerType;
    }

    /** The word for {@code --format}: {@code zeek-tsv}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The format with this {@link #label()}, in any case; empty when there is none. */
    public static Optional<Format> named(String label) {
        return Stream.of(values())
                .filter(format -> format.label().equalsIgnoreCase(label))
                .findFirst();
    }

    /** Whether a message of this format is one datagram of an exporter, not lines of a file. */
    public boolean isDatagram() {
        return switch (this) {
            case NETFLOW5, NETFLOW9, IPFIX, SFLOW5 -> true;
            case ZEEK_TSV,
                    ZEEK_JSON,
                    SURICATA_EVE,
                    DNSMASQ,
                    DNSTAP,
                    BIND_QUERY,
                    UNBOUND,
                    WINDOWS_DNS,
                    COREDNS,
                    POWERDNS,
                    COLLECTOR_STATUS,
                    DNSMASQ_LEASES,
                    ISC_LEASES,
                    KEA_LEASES,
                    INVENTORY -> false;
        };
    }

    /** The value of {@code observer.type} in everything decoded from this format. */
    public String observerType() {
        return observerType;
    }
}
