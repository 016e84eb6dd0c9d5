package observatory.ingest;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import observatory.ingest.decode.Decoder;
import observatory.ingest.decode.Format;
import observatory.ingest.decode.RawMessage;
import observatory.ingest.dnstap.Frame;
import observatory.ingest.dnstap.FrameStream;

/** Like {@link DecoderBenchmark}, for the logs of DNS servers: records a second of one core's time, bytes allocated a record. */
final class DnsBenchmark {
    private static final int RECORDS = 200_000;
    private static final int BLOCK_RECORDS = 800;
    private static final int ROUNDS = 20;
    private static final String CLOCK = "before=1714780799 zone=UTC";

    private DnsBenchmark() {}

    static void run() throws IOException {
        measure("dnsmasq extra", Format.DNSMASQ, DnsBenchmark::dnsmasq);
        measure("BIND query log", Format.BIND_QUERY, DnsBenchmark::bind);
        List<byte[]> frames = frames();
        measure("dnstap", Format.DNSTAP, i -> FrameStream.data(frames.get(i % 2)));
    }

    private interface Line {
        byte[] of(int number);
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
    private static List<byte[]> frames() throws IOException {
        Path sample = Path.of(
                System.getProperty("observatory.home", ""),
                "ingest/src/test/resources/samples/dnstap/two-clients/dnstap.fstrm");
        List<byte[]> frames = new ArrayList<>();
        FrameStream stream = new FrameStream(new ByteArrayInputStream(Files.readAllBytes(sample)));
        for (Frame frame = stream.next(); frame != null; frame = stream.next()) {
            if (!frame.isControl()) {
                frames.add(frame.payload());
            }
        }
        return List.of(frames.get(0), frames.get(2));
    }

    private static void measure(String what, Format format, Line line) throws IOException {
        List<RawMessage> blocks = new ArrayList<>();
        for (int i = 0; i < RECORDS; i += BLOCK_RECORDS) {
            ByteArrayOutputStream payload = new ByteArrayOutputStream();
            for (int k = i; k < i + BLOCK_RECORDS; k++) {
                payload.write(line.of(k));
            }
            byte[] header = CLOCK.getBytes(StandardCharsets.US_ASCII);
            blocks.add(new RawMessage(
                    format, "sensor", "site", "benchmark", 1, 0, 0, header, payload.toByteArray(), List.of()));
        }
        Decoder decoder = Decoders.forFormat(format);
        double seconds = Double.MAX_VALUE;
        long allocated = 0;
        for (int round = 0; round < ROUNDS; round++) {
            long bytes = allocatedBytes();
            long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            long records = 0;
            for (RawMessage block : blocks) {
                records += decoder.decode(block).records();
            }
            seconds = Math.min(seconds, (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start) / 1e9);
            allocated = allocatedBytes() - bytes;
            if (records != RECORDS) {
                throw new IllegalStateException(records + " records of " + RECORDS);
            }
        }
        System.out.printf(
                Locale.ROOT,
                "%-16s %,11.0f records/s  %,5.0f bytes allocated a record%n",
                what,
                RECORDS / seconds,
                (double) allocated / RECORDS);
    }

    private static long allocatedBytes() {
        return ManagementFactory.getThreadMXBean() instanceof com.sun.management.ThreadMXBean threads
                ? threads.getCurrentThreadAllocatedBytes()
                : 0;
    }
}
