package observatory.ingest.zeek;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fields of Zeek logs that Observatory reads, by the names that Zeek and common shippers of its logs give them. */
enum ZeekField {
    PATH(Type.WORD, "_path"),
    TS(Type.TIME, "ts"),
    UID(Type.TEXT, "uid"),
    ORIG_H(Type.ADDRESS, "id.orig_h", "id_orig_h"),
    ORIG_P(Type.PORT, "id.orig_p", "id_orig_p"),
    RESP_H(Type.ADDRESS, "id.resp_h", "id_resp_h"),
    RESP_P(Type.PORT, "id.resp_p", "id_resp_p"),
    PROTO(Type.WORD, "proto"),

    SERVICE(Type.WORD, "service"),
    DURATION(Type.INTERVAL, "duration"),
    ORIG_BYTES(Type.COUNT, "orig_bytes"),
    RESP_BYTES(Type.COUNT, "resp_bytes"),
    CONN_STATE(Type.WORD, "conn_state"),
    ORIG_PKTS(Type.COUNT, "orig_pkts"),
    ORIG_IP_BYTES(Type.COUNT, "orig_ip_bytes"),
    RESP_PKTS(Type.COUNT, "resp_pkts"),
    RESP_IP_BYTES(Type.COUNT, "resp_ip_bytes"),
    ORIG_L2_ADDR(Type.TEXT, "orig_l2_addr"),
    RESP_L2_ADDR(Type.TEXT, "resp_l2_addr"),
    IP_PROTO(Type.COUNT, "ip_proto"),

    QUERY(Type.NAME, "query"),
    QTYPE(Type.COUNT, "qtype"),
    QTYPE_NAME(Type.WORD, "qtype_name"),
    RCODE(Type.COUNT, "rcode"),
    RCODE_NAME(Type.WORD, "rcode_name"),
    ANSWERS(Type.LIST, "answers"),
    TTLS(Type.LIST, "TTLs"),

    VERSION(Type.WORD, "version"),
    CIPHER(Type.WORD, "cipher"),
    SERVER_NAME(Type.NAME, "server_name"),
    ESTABLISHED(Type.FLAG, "established"),

    HOST(Type.TEXT, "host"),
    USER_AGENT(Type.TEXT, "user_agent"),
    DHCP_HOST_NAME(Type.TEXT, "dhcp_host_name"),

    MAC(Type.TEXT, "mac"),
    CLIENT_ADDR(Type.ADDRESS, "client_addr"),
    // Zeek before 2.6 wrote assigned_ip.
    ASSIGNED_ADDR(Type.ADDRESS, "assigned_addr", "assigned_ip"),
    LEASE_TIME(Type.INTERVAL, "lease_time"),
    HOST_NAME(Type.TEXT, "host_name"),
    CLIENT_FQDN(Type.TEXT, "client_fqdn"),
    CLIENT_SOFTWARE(Type.TEXT, "client_software"),
    MSG_TYPES(Type.LIST, "msg_types");

    /** How the text of a field is read. */
    enum Type {
        TIME,
        INTERVAL,
        COUNT,
        PORT,
        FLAG,
        ADDRESS,
        /** Text that repeats from record to record. */
        WORD,
        TEXT,
        /** A domain name: lower case, no trailing dot. */
        NAME,
        /** A vector or set. */
        LIST
    }

    private static final Map<String, ZeekField> BY_NAME = new HashMap<>();

    static {
        for (ZeekField field : values()) {
            for (String name : field.names) {
                BY_NAME.put(name, field);
            }
        }
    }

    final Type type;
    private final String[] names;

    ZeekField(Type type, String... names) {
        this.type = type;
        this.names = names;
    }

    /** The field of this column or key, null for one that we do not read. */
    static @Nullable ZeekField named(String name) {
        return BY_NAME.get(name);
    }

    /** The name in messages to people. */
    String label() {
        return names[0];
    }
}
