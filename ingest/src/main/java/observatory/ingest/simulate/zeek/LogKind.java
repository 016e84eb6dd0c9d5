package observatory.ingest.simulate.zeek;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The logs that are written, with the columns of Zeek 6 in their order. */
enum LogKind {
    CONN("ts:TIME uid:STRING id.orig_h:ADDR id.orig_p:PORT id.resp_h:ADDR id.resp_p:PORT proto:ENUM service:STRING"
            + " duration:INTERVAL orig_bytes:COUNT resp_bytes:COUNT conn_state:STRING local_orig:BOOL"
            + " local_resp:BOOL missed_bytes:COUNT history:STRING orig_pkts:COUNT orig_ip_bytes:COUNT"
            + " resp_pkts:COUNT resp_ip_bytes:COUNT tunnel_parents:STRING_SET"),
    DNS("ts:TIME uid:STRING id.orig_h:ADDR id.orig_p:PORT id.resp_h:ADDR id.resp_p:PORT proto:ENUM trans_id:COUNT"
            + " rtt:INTERVAL query:STRING qclass:COUNT qclass_name:STRING qtype:COUNT qtype_name:STRING"
            + " rcode:COUNT rcode_name:STRING AA:BOOL TC:BOOL RD:BOOL RA:BOOL Z:COUNT answers:STRINGS"
            + " TTLs:INTERVALS rejected:BOOL"),
    SSL("ts:TIME uid:STRING id.orig_h:ADDR id.orig_p:PORT id.resp_h:ADDR id.resp_p:PORT version:STRING"
            + " cipher:STRING curve:STRING server_name:STRING resumed:BOOL last_alert:STRING"
            + " next_protocol:STRING established:BOOL ssl_history:STRING"),
    /** The last column is written by Zeek's own script {@code protocols/dhcp/software}. */
    DHCP("ts:TIME uids:STRING_SET client_addr:ADDR server_addr:ADDR mac:STRING host_name:STRING client_fqdn:STRING"
            + " domain:STRING requested_addr:ADDR assigned_addr:ADDR lease_time:INTERVAL client_message:STRING"
            + " server_message:STRING msg_types:STRINGS duration:INTERVAL client_software:STRING");

    private final List<Column> columns;

    LogKind(String columns) {
        this.columns = Arrays.stream(columns.split(" "))
                .map(column -> column.split(":"))
                .map(pair -> new Column(pair[0], Column.Type.valueOf(pair[1])))
                .toList();
    }

    List<Column> columns() {
        return columns;
    }

    /** {@code conn}: the name of the log and of its files. */
    String path() {
        return name().toLowerCase(Locale.ROOT);
    }
}
