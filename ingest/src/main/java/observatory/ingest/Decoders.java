package observatory.ingest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import observatory.ingest.decode.Decoder;
import observatory.ingest.decode.Format;
import observatory.ingest.dnslog.BindDecoder;
import observatory.ingest.dnslog.CoreDnsDecoder;
import observatory.ingest.dnslog.DnsLogs;
import observatory.ingest.dnslog.DnsmasqDecoder;
import observatory.ingest.dnslog.PowerDnsDecoder;
import observatory.ingest.dnslog.UnboundDecoder;
import observatory.ingest.dnslog.WindowsDnsDecoder;
import observatory.ingest.dnstap.DnstapDecoder;
import observatory.ingest.identity.DnsmasqLeasesDecoder;
import observatory.ingest.identity.IdentityFiles;
import observatory.ingest.identity.InventoryDecoder;
import observatory.ingest.identity.IscLeasesDecoder;
import observatory.ingest.identity.KeaLeasesDecoder;
import observatory.ingest.netflow.DatagramDecoder;
import observatory.ingest.netflow.SessionSettings;
import observatory.ingest.status.CollectorStatusDecoder;
import observatory.ingest.suricata.EveDecoder;
import observatory.ingest.text.BigEndian;
import observatory.ingest.text.Bytes;
import observatory.ingest.text.JsonLines;
import observatory.ingest.zeek.ZeekJsonDecoder;
import observatory.ingest.zeek.ZeekLogName;
import observatory.ingest.zeek.ZeekTsvDecoder;

/** The front door of this module: which format is it, and who reads it. */
public final class Decoders {
    /** A file may begin with some broken lines and still be known by the next ones. */
    private static final int LINES_LOOKED_AT = 20;

    private static final Set<String> ZEEK_KEYS =
            Set.of("uid", "uids", "fuid", "_path", "id.orig_h", "id_orig_h", "id", "orig_h");

    private Decoders() {}

    /**
     * A new decoder of the format. Decoders keep buffers: use one in one thread at a time. The decoder of a datagram format
     * reads all of them, and remembers: see {@link DatagramDecoder}.
     */
    public static Decoder forFormat(Format format) {
        return switch (format) {
            case ZEEK_TSV -> new ZeekTsvDecoder();
            case ZEEK_JSON -> new ZeekJsonDecoder();
            case SURICATA_EVE -> new EveDecoder();
            case COLLECTOR_STATUS -> new CollectorStatusDecoder();
            case NETFLOW5, NETFLOW9, IPFIX, SFLOW5 -> new DatagramDecoder(SessionSettings.ARCHIVE);
            case DNSMASQ -> new DnsmasqDecoder();
            case DNSTAP -> new DnstapDecoder();
            case BIND_QUERY -> new BindDecoder();
            case UNBOUND -> new UnboundDecoder();
            case WINDOWS_DNS -> new WindowsDnsDecoder();
            case COREDNS -> new CoreDnsDecoder();
            case POWERDNS -> new PowerDnsDecoder();
            case DNSMASQ_LEASES -> new DnsmasqLeasesDecoder();
            case ISC_LEASES -> new IscLeasesDecoder();
            case KEA_LEASES -> new KeaLeasesDecoder();
            case INVENTORY -> new InventoryDecoder();
        };
    }

    /**
     * Recognises a datagram of an exporter by its first four bytes.
     *
     * @return the format, or empty when it is none that we read
     */
    public static Optional<Format> detectDatagram(byte[] datagram) {
        if (datagram.length < 4) {
            return Optional.empty();
        }
        int version = BigEndian.u16(datagram, 0);
        return switch (version) {
            case 0 -> BigEndian.i32(datagram, 0) == 5 ? Optional.of(Format.SFLOW5) : Optional.empty();
            case 5 -> Optional.of(Format.NETFLOW5);
            case 9 -> Optional.of(Format.NETFLOW9);
            case 10 -> Optional.of(Format.IPFIX);
            default -> Optional.empty();
        };
    }

    /**
     * Recognises a file by how it begins.
     *
     * @param head the first bytes, uncompressed; some ten thousand suffice, and the last line may be cut off
     * @param fileName name or path, which helps where a Zeek log says little about itself
     * @return the format, or empty when it is none that we read
     */
    public static Optional<Format> detect(byte[] head, String fileName) {
        if (DnstapDecoder.isFrameStream(head)) {
            return Optional.of(Format.DNSTAP);
        }
        int from = 0;
        for (int line = 0; line < LINES_LOOKED_AT && from < head.length; line++) {
            int lineFeed = Bytes.indexOf(head, from, head.length, (byte) '\n');
            int end = lineFeed < 0 ? head.length : lineFeed;
            Optional<Format> format = detectLine(head, from, end, fileName);
            if (format.isPresent()) {
                return format;
            }
            from = end + 1;
        }
        return Optional.empty();
    }

    private static Optional<Format> detectLine(byte[] head, int from, int end, String fileName) {
        int start = from;
        while (start < end && (Bytes.isSpace(head[start]) || isByteOrderMark(head[start]))) {
            start++;
        }
        if (start == end) {
            return Optional.empty();
        }
        int lineStart = start;
        return switch (head[start]) {
            case '#' -> isZeekDirective(head, start, end) ? Optional.of(Format.ZEEK_TSV) : Optional.empty();
            case '{' -> detectObject(head, start, end, fileName);
            // One array over many lines: its first object tells.
            case '[' -> detectObject(head, start + 1, head.length, fileName).or(() -> lineFormat(head, lineStart, end));
            default -> lineFormat(head, lineStart, end);
        };
    }

    private static Optional<Format> lineFormat(byte[] head, int start, int end) {
        return DnsLogs.format(head, start, end).or(() -> IdentityFiles.format(head, start, end));
    }

    private static boolean isByteOrderMark(byte b) {
        return b == (byte) 0xef || b == (byte) 0xbb || b == (byte) 0xbf;
    }

    private static boolean isZeekDirective(byte[] head, int start, int end) {
        String line = new String(head, start, Math.min(end - start, 32), StandardCharsets.ISO_8859_1);
        return line.startsWith("#separator ") || line.matches("(?s)#(fields|path|set_separator)\\W.*");
    }

    private static Optional<Format> detectObject(byte[] head, int start, int end, String fileName) {
        Set<String> keys = keys(head, start, end);
        if (keys.contains("event_type") && keys.contains("timestamp")) {
            return Optional.of(Format.SURICATA_EVE);
        }
        boolean isZeek = keys.stream().anyMatch(ZEEK_KEYS::contains) || ZeekLogName.ofFile(fileName) != null;
        return keys.contains("ts") && isZeek ? Optional.of(Format.ZEEK_JSON) : Optional.empty();
    }

    /** The keys of the first object, as far as the bytes go. */
    private static Set<String> keys(byte[] head, int start, int end) {
        Set<String> keys = new HashSet<>();
        try (JsonParser json = JsonLines.parser(head, start, end)) {
            if (json.nextToken() == JsonToken.START_OBJECT) {
                for (String key = json.nextFieldName(); key != null; key = json.nextFieldName()) {
                    keys.add(key);
                    json.nextToken();
                    json.skipChildren();
                }
            }
        } catch (IOException cutOff) {
            // The keys up to here have to do.
            return keys;
        }
        return keys;
    }
}
