package observatory.ingest.zeek;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells from a file name which log of Zeek it holds. */
public final class ZeekLogName {
    /** Logs that Zeek 2 to 8 write and Observatory does not read; so that they are told apart from unknown files. */
    private static final Set<String> UNUSED_NAMES = Set.of(
            "analyzer",
            "arp",
            "broker",
            "capture_loss",
            "cluster",
            "config",
            "conn_long",
            "dce_rpc",
            "dnp3",
            "dpd",
            "files",
            "ftp",
            "http",
            "irc",
            "kerberos",
            "known_certs",
            "known_devices",
            "known_hosts",
            "known_modbus",
            "known_services",
            "ldap",
            "ldap_search",
            "loaded_scripts",
            "modbus",
            "mqtt_connect",
            "mqtt_publish",
            "mqtt_subscribe",
            "mysql",
            "netcontrol",
            "notice",
            "notice_alarm",
            "ntlm",
            "ntp",
            "ocsp",
            "openflow",
            "packet_filter",
            "pe",
            "postgresql",
            "print",
            "prof",
            "quic",
            "radius",
            "rdp",
            "redis",
            "reporter",
            "rfb",
            "signatures",
            "sip",
            "smb_cmd",
            "smb_files",
            "smb_mapping",
            "smtp",
            "snmp",
            "socks",
            "software",
            "ssh",
            "stats",
            "stderr",
            "stdout",
            "syslog",
            "telemetry",
            "traceroute",
            "tunnel",
            "unknown_protocols",
            "websocket",
            "weird",
            "weird_stats",
            "x509");

    private ZeekLogName() {}

    /**
     * The kind of log that a file name tells: {@code conn.15:00:00-16:00:00.log.gz}, {@code tor_ssl.log},
     * {@code 2024-04-29-dns.json}.
     *
     * @param file name or path of the file
     * @return a name that Zeek gives one of its logs, or null when the file name holds none
     */
    public static @Nullable String ofFile(String file) {
        String name = file.substring(file.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
        for (String part : name.split("\\.", 8)) {
            if (isKnown(part)) {
                return part;
            }
        }
        for (String word : name.split("[^a-z0-9]+", 16)) {
            if (isKnown(word)) {
                return word;
            }
        }
        return null;
    }

    private static boolean isKnown(String path) {
        return ZeekLog.ofPath(path) != ZeekLog.UNUSED || UNUSED_NAMES.contains(path);
    }
}
