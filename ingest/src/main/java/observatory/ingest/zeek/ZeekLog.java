package observatory.ingest.zeek;

/** The logs of Zeek that Observatory reads; {@link #UNUSED} stands for all others. */
enum ZeekLog {
    CONN,
    DNS,
    SSL,
    DHCP,
    HTTP,
    SIP,
    KNOWN_DEVICES,
    UNUSED;

    /** The log with this {@code #path} or {@code _path}. */
    static ZeekLog ofPath(String path) {
        return switch (path) {
            case "conn" -> CONN;
            case "dns" -> DNS;
            case "ssl" -> SSL;
            case "dhcp" -> DHCP;
            case "http" -> HTTP;
            case "sip" -> SIP;
            case "known_devices" -> KNOWN_DEVICES;
            default -> UNUSED;
        };
    }
}
