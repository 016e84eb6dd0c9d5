package observatory.ingest.decode;

/** The input formats that a decoder exists for, as {@code --format} and {@code observer.type} name them. */
public enum Format {
    /** Zeek logs, tab-separated with a {@code #fields} header. */
    ZEEK_TSV("zeek"),
    /** Zeek logs, one JSON object a line. */
    ZEEK_JSON("zeek"),
    /** Suricata EVE, one JSON object a line. */
    SURICATA_EVE("suricata");

    private final String observerType;

    Format(String observerType) {
        this.observerType = observerType;
    }

    /** The value of {@code observer.type} in everything decoded from this format. */
    public String observerType() {
        return observerType;
    }
}
