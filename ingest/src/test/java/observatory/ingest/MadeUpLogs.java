package observatory.ingest;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import observatory.ingest.decode.Format;
import observatory.ingest.decode.RawMessage;
import observatory.ingest.dnstap.Frame;
import observatory.ingest.dnstap.FrameStream;

/** Logs of made-up connections and questions, in blocks as the archive cuts them. */
final class MadeUpLogs {
    private static final int BLOCK_RECORDS = 800;
    private static final String CLOCK = "before=1714780799 zone=UTC";

    private MadeUpLogs() {}

    /** So many records of a format. */
    static List<RawMessage> of(Format format, int records) {
        return switch (format) {
            case ZEEK_TSV -> blocks(format, records, HEADER, text(MadeUpLogs::tsv));
            case ZEEK_JSON -> blocks(format, records, "conn", text(MadeUpLogs::json));
            case SURICATA_EVE -> blocks(format, records, "", text(MadeUpLogs::eve));
            case DNSMASQ -> blocks(format, records, CLOCK, MadeUpLogs::dnsmasq);
            case BIND_QUERY -> blocks(format, records, CLOCK, MadeUpLogs::bind);
            case DNSTAP -> {
                List<byte[]> frames = frames();
                yield blocks(format, records, "", i -> FrameStream.data(frames.get(i % 2)));
            }
            default -> throw new IllegalArgumentException("nothing is made up for " + format);
        };
    }

    private static IntFunction<byte[]> text(IntFunction<String> line) {
        return i -> line.apply(i).getBytes(StandardCharsets.US_ASCII);
    }

    private static List<RawMessage> blocks(Format format, int records, String header, IntFunction<byte[]> record) {
        List<RawMessage> blocks = new ArrayList<>();
        byte[] stated = header.getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < records; i += BLOCK_RECORDS) {
            ByteArrayOutputStream payload = new ByteArrayOutputStream();
            for (int k = i; k < Math.min(i + BLOCK_RECORDS, records); k++) {
                payload.writeBytes(record.apply(k));
            }
            blocks.add(new RawMessage(
                    format, "sensor", "site", "benchmark", 1, 0, 0, stated, payload.toByteArray(), List.of()));
        }
        return blocks;
    }

    private static final String HEADER = "#separator \\x09\n#set_separator\t,\n#empty_field\t(empty)\n#unset_field\t-\n"
            + "#path\tconn\n#fields\tts\tuid\tid.orig_h\tid.orig_p\tid.resp_h\tid.resp_p\tproto\tservice\tduration\t"
            + "orig_bytes\tresp_bytes\tconn_state\tlocal_orig\tlocal_resp\tmissed_bytes\thistory\torig_pkts\t"
            + "orig_ip_bytes\tresp_pkts\tresp_ip_bytes\ttunnel_parents\n";

    private static String tsv(int i) {
        return String.format(
                Locale.ROOT,
                "16236%05d.%06d\tCPhn%012x\t10.20.%d.%d\t%d\t198.51.100.%d\t443\ttcp\tssl\t%d.750000\t%d\t%d\tSF\tT\tF\t0\t"
                        + "ShADadFf\t19\t%d\t17\t%d\t-\n",
                i % 100_000,
                i % 1_000_000,
                i * 7919L,
                i % 8,
                i % 250,
                1024 + i % 60_000,
                i % 254,
                i % 90,
                i,
                i * 3L,
                i + 1000,
                i * 3L + 900);
    }

    private static String json(int i) {
        return String.format(
                Locale.ROOT,
                "{\"ts\":16236%05d.%06d,\"uid\":\"CPhn%012x\",\"id.orig_h\":\"10.20.%d.%d\",\"id.orig_p\":%d,"
                        + "\"id.resp_h\":\"198.51.100.%d\",\"id.resp_p\":443,\"proto\":\"tcp\",\"service\":\"ssl\","
                        + "\"duration\":%d.75,\"orig_bytes\":%d,\"resp_bytes\":%d,\"conn_state\":\"SF\",\"local_orig\":true,"
                        + "\"local_resp\":false,\"missed_bytes\":0,\"history\":\"ShADadFf\",\"orig_pkts\":19,"
                        + "\"orig_ip_bytes\":%d,\"resp_pkts\":17,\"resp_ip_bytes\":%d}\n",
                i % 100_000,
                i % 1_000_000,
                i * 7919L,
                i % 8,
                i % 250,
                1024 + i % 60_000,
                i % 254,
                i % 90,
                i,
                i * 3L,
                i + 1000,
                i * 3L + 900);
    }

    private static String eve(int i) {
        return String.format(
                Locale.ROOT,
                "{\"timestamp\":\"2021-06-14T08:%02d:%02d.%06d+0000\",\"flow_id\":%d,\"event_type\":\"flow\","
                        + "\"src_ip\":\"10.20.%d.%d\",\"src_port\":%d,\"dest_ip\":\"198.51.100.%d\",\"dest_port\":443,"
                        + "\"proto\":\"TCP\",\"app_proto\":\"tls\",\"flow\":{\"pkts_toserver\":19,\"pkts_toclient\":17,"
                        + "\"bytes_toserver\":%d,\"bytes_toclient\":%d,\"start\":\"2021-06-14T08:00:00.031907+0000\","
                        + "\"end\":\"2021-06-14T08:00:04.781907+0000\",\"age\":4,\"state\":\"closed\",\"reason\":\"timeout\","
                        + "\"alerted\":false},\"community_id\":\"1:OvEA/j9Dob++uUqtcB9TH0vNYxw=\"}\n",
                i / 60 % 60,
                i % 60,
                i % 1_000_000,
                1_000_000_000L * i,
                i % 8,
                i % 250,
                1024 + i % 60_000,
                i % 254,
                i,
                i * 3L);
    }

    /** A query and its answer by an alias, four lines. */
    private static byte[] dnsmasq(int i) {
        int query = i / 4;
        String start = String.format(
                Locale.ROOT,
                "May  3 %02d:%02d:%02d dnsmasq[462]: %d 10.20.%d.%d/%d ",
                query / 3600 % 24,
                query / 60 % 60,
                query % 60,
                query,
                query % 8,
                query % 250,
                1024 + query % 60_000);
        String rest = switch (i % 4) {
            case 0 -> "query[A] rps" + query % 90 + ".yealink.com from 10.20." + query % 8 + '.' + query % 250;
            case 1 -> "forwarded rps" + query % 90 + ".yealink.com to 192.0.2.53#53";
            case 2 -> "reply rps" + query % 90 + ".yealink.com is <CNAME>";
            default -> "reply lb.example.net is 192.0.2." + query % 250;
        };
        return (start + rest + '\n').getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] bind(int i) {
        return String.format(
                        Locale.ROOT,
                        "03-May-2024 %02d:%02d:%02d.%03d queries: info: client @0x7f42bc2d9098 10.20.%d.%d#%d "
                                + "(rps%d.yealink.com): query: rps%d.yealink.com IN A +E(0)K (192.0.2.53)%n",
                        i / 3600 % 24,
                        i / 60 % 60,
                        i % 60,
                        i % 1000,
                        i % 8,
                        i % 250,
                        1024 + i % 60_000,
                        i % 90,
                        i % 90)
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** The client's query and its response of the sample. */
    private static List<byte[]> frames() {
        Path sample = Path.of(
                System.getProperty("observatory.home", ""),
                "ingest/src/test/resources/samples/dnstap/two-clients/dnstap.fstrm");
        List<byte[]> frames = new ArrayList<>();
        try {
            FrameStream stream = new FrameStream(new ByteArrayInputStream(Files.readAllBytes(sample)));
            for (Frame frame = stream.next(); frame != null; frame = stream.next()) {
                if (!frame.isControl()) {
                    frames.add(frame.payload());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return List.of(frames.get(0), frames.get(2));
    }
}
