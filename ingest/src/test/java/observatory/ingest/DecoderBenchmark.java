package observatory.ingest;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import observatory.ingest.archive.ArchiveFile;
import observatory.ingest.archive.ArchiveSettings;
import observatory.ingest.archive.BlockReader;
import observatory.ingest.decode.Decoder;
import observatory.ingest.decode.RawMessage;

/**
 * Says how many lines one core decodes in a second of its time. Run as in ingest/README.md. Writes logs of made-up connections, reads
 * them into memory, decodes them for some seconds and shows the best of several rounds.
 */
public final class DecoderBenchmark {
    private static final int LINES = 200_000;
    private static final int ROUNDS = 20;

    private DecoderBenchmark() {}

    public static void main(String[] arguments) throws IOException {
        Path folder = Files.createTempDirectory("observatory-benchmark");
        try {
            measure("Zeek JSON conn", write(folder.resolve("conn.json"), DecoderBenchmark::json, ""));
            measure("Zeek TSV conn", write(folder.resolve("conn.log"), DecoderBenchmark::tsv, HEADER));
            measure("Suricata flow", write(folder.resolve("eve.json"), DecoderBenchmark::eve, ""));
            DnsBenchmark.run();
            DatagramBenchmark.run();
        } finally {
            for (String name : List.of("conn.json", "conn.log", "eve.json")) {
                Files.deleteIfExists(folder.resolve(name));
            }
            Files.delete(folder);
        }
    }

    private interface Line {
        String of(int number);
    }

    private static Path write(Path file, Line line, String header) throws IOException {
        StringBuilder text = new StringBuilder(header);
        for (int i = 0; i < LINES; i++) {
            text.append(line.of(i));
        }
        return Files.writeString(file, text, StandardCharsets.UTF_8);
    }

    private static void measure(String what, Path path) throws IOException {
        ArchiveFile file = ArchiveFile.open(path, ArchiveSettings.NONE);
        List<RawMessage> blocks = new ArrayList<>();
        try (BlockReader reader = file.blocks()) {
            for (RawMessage block = reader.next(); block != null; block = reader.next()) {
                blocks.add(block);
            }
        }
        double seconds = Double.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            Decoder decoder = Decoders.forFormat(file.format());
            long start = cpuNanos();
            long observations = 0;
            for (RawMessage block : blocks) {
                observations += decoder.decode(block).observations().size();
            }
            seconds = Math.min(seconds, (cpuNanos() - start) / 1e9);
            if (observations != LINES) {
                throw new IllegalStateException(observations + " observations of " + LINES + " lines");
            }
        }
        System.out.printf(
                Locale.ROOT,
                "%-16s %,11.0f lines/s  %,5.0f MB/s  %5.0f bytes a line%n",
                what,
                LINES / seconds,
                Files.size(path) / seconds / 1e6,
                (double) Files.size(path) / LINES);
    }

    /** Processor time, not wall time: what else the machine does meanwhile does not count. */
    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
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
}
