package observatory.ingest.simulate;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.BitSet;
import java.util.SplittableRandom;

/**
 * Writes a large Zeek conn.log fast, for measuring. It looks like traffic but behaves like nothing: who speaks to whom is
 * drawn for each flow, the destination by Zipf's law. About 400 bytes a line, in the order of the flows' ends. Below the
 * folder: {@code sim-benchmark/conn.log}, {@code sim-benchmark/dns.log} when names are wanted, {@code truth.json}.
 */
public final class BenchmarkInput {
    private static final long SECOND = 1_000_000;
    private static final long LONGEST = 30 * SECOND;
    private static final long LINGER = 5 * SECOND;
    private static final long ANSWER_BEFORE_END = 40 * SECOND;
    private static final int LIFETIME_SECONDS = 31 * 86_400;
    private static final int BUFFER = 1 << 18;

    /**
     * The addresses answer for this many registrable domains: a phone meets dozens of services behind thousands of
     * rotating addresses. A multiple of the number of networks, so that a domain stays in one.
     */
    private static final int DOMAINS = 48;

    /** Destinations lie in these /16 networks, which different companies announce. */
    private static final String[] NETWORKS = {
        "3.120", "3.122", "18.194", "52.58", "44.230", "52.2", "20.50", "52.167", "52.112", "13.107", "34.120",
        "104.18", "47.254", "142.250", "88.99", "170.72"
    };

    private final BenchmarkSettings settings;
    private final SplittableRandom random;
    private final double[] cumulated;
    private final String[] addresses;
    private final long begin;
    private final StringBuilder conn = new StringBuilder(2 * BUFFER);
    private final StringBuilder dns = new StringBuilder(BUFFER);
    private final BitSet told = new BitSet();
    private long answers;
    private long bytesOut;
    private long bytesIn;
    private long packetsOut;
    private long packetsIn;

    private BenchmarkInput(BenchmarkSettings settings) {
        this.settings = settings;
        this.random = new SplittableRandom(settings.seed());
        this.begin = settings.start().atStartOfDay().toEpochSecond(ZoneOffset.UTC) * SECOND;
        this.cumulated = zipf(settings.destinations());
        this.addresses = new String[settings.destinations()];
        for (int rank = 0; rank < addresses.length; rank++) {
            int host = rank / NETWORKS.length;
            // 47.254 belongs to one company from .128 on, and so do enough of the others.
            addresses[rank] =
                    NETWORKS[rank % NETWORKS.length] + "." + (128 + host / 254 % 128) + "." + (1 + host % 254);
        }
    }

    /**
     * Writes the input.
     *
     * @param out folder, made when missing; files of an earlier run are overwritten
     * @return number of lines written, of both logs
     */
    public static long write(BenchmarkSettings settings, Path out) throws IOException {
        return new BenchmarkInput(settings).write(out);
    }

    private long write(Path out) throws IOException {
        Path folder = Files.createDirectories(out.resolve("sim-benchmark"));
        Path dnsLog = folder.resolve("dns.log");
        Files.deleteIfExists(dnsLog);
        try (OutputStream conns = Files.newOutputStream(folder.resolve("conn.log"));
                OutputStream lookups =
                        settings.names() ? Files.newOutputStream(dnsLog) : OutputStream.nullOutputStream()) {
            long span = settings.span().toMillis() * 1000;
            for (long flow = 0; flow < settings.flows(); flow++) {
                flow(begin + (long) ((double) flow / settings.flows() * span));
                if (conn.length() > BUFFER) {
                    drain(conn, conns);
                    drain(dns, lookups);
                }
            }
            drain(conn, conns);
            drain(dns, lookups);
        }
        Files.writeString(out.resolve("truth.json"), truth());
        return settings.flows() + answers;
    }

    private static void drain(StringBuilder text, OutputStream out) throws IOException {
        out.write(text.toString().getBytes(StandardCharsets.ISO_8859_1));
        text.setLength(0);
    }

    private void flow(long written) {
        int device = random.nextInt(settings.devices());
        int destination = destination();
        long duration = random.nextLong(20_000, LONGEST);
        int pair = device * settings.destinations() + destination;
        if (settings.names() && !told.get(pair)) {
            told.set(pair);
            lookup(written - ANSWER_BEFORE_END, device, destination);
        }
        long up = random.nextLong(200, 6_000);
        long down = random.nextLong(200, 40_000);
        long sent = 4 + up / 1448 + down / 2896;
        long received = 3 + down / 1448 + up / 2896;
        long upIp = up + 40 * sent + 20;
        long downIp = down + 40 * received + 20;
        bytesOut += upIp;
        bytesIn += downIp;
        packetsOut += sent;
        packetsIn += received;
        conn.append("{\"ts\":");
        seconds(conn, written - LINGER - duration);
        begin(conn, device);
        conn.append(addresses[destination])
                .append("\",\"id.resp_p\":443,\"proto\":\"tcp\",\"service\":\"ssl\",\"duration\":");
        seconds(conn, duration);
        conn.append(",\"orig_bytes\":").append(up).append(",\"resp_bytes\":").append(down);
        conn.append(",\"conn_state\":\"SF\",\"local_orig\":true,\"local_resp\":false,\"missed_bytes\":0");
        conn.append(",\"history\":\"ShADadFf\",\"orig_pkts\":")
                .append(sent)
                .append(",\"orig_ip_bytes\":")
                .append(upIp);
        conn.append(",\"resp_pkts\":")
                .append(received)
                .append(",\"resp_ip_bytes\":")
                .append(downIp)
                .append("}\n");
    }

    private void lookup(long at, int device, int destination) {
        answers++;
        dns.append("{\"ts\":");
        seconds(dns, at);
        begin(dns, device);
        dns.append("10.30.255.53\",\"id.resp_p\":53,\"proto\":\"udp\",\"trans_id\":")
                .append(random.nextInt(65536));
        dns.append(",\"rtt\":0.002,\"query\":\"s")
                .append(destination)
                .append(".endpoint")
                .append(destination % DOMAINS);
        dns.append(
                ".example\",\"qclass\":1,\"qclass_name\":\"C_INTERNET\",\"qtype\":1,\"qtype_name\":\"A\",\"rcode\":0");
        dns.append(
                ",\"rcode_name\":\"NOERROR\",\"AA\":false,\"TC\":false,\"RD\":true,\"RA\":true,\"Z\":0,\"answers\":[\"");
        dns.append(addresses[destination])
                .append("\"],\"TTLs\":[")
                .append(LIFETIME_SECONDS)
                .append(".0]");
        dns.append(",\"rejected\":false}\n");
    }

    private void begin(StringBuilder line, int device) {
        line.append(",\"uid\":\"C")
                .append(Long.toString(random.nextLong() >>> 2, 36))
                .append("\",\"id.orig_h\":\"10.30.");
        line.append(device / 250).append('.').append(device % 250 + 1);
        line.append("\",\"id.orig_p\":").append(32_768 + random.nextInt(28_000)).append(",\"id.resp_h\":\"");
    }

    private static void seconds(StringBuilder out, long micros) {
        out.append(micros / SECOND).append('.');
        long fraction = micros % SECOND;
        for (long digit = SECOND / 10; digit > fraction && digit > 1; digit /= 10) {
            out.append('0');
        }
        out.append(fraction);
    }

    private static double[] zipf(int ranks) {
        double[] cumulated = new double[ranks];
        double sum = 0;
        for (int rank = 0; rank < ranks; rank++) {
            sum += 1.0 / (rank + 1);
            cumulated[rank] = sum;
        }
        return cumulated;
    }

    private int destination() {
        double at = random.nextDouble() * cumulated[cumulated.length - 1];
        int found = Arrays.binarySearch(cumulated, at);
        return Math.min(found < 0 ? -found - 1 : found, cumulated.length - 1);
    }

    private String truth() {
        return "{\n  \"simulated\" : true,\n  \"benchmark\" : true,\n  \"totals\" : {\n    \"flows\" : "
                + settings.flows()
                + ",\n    \"dns\" : " + answers + ",\n    \"tls\" : 0,\n    \"dhcp\" : 0,\n    \"bytes\" : { \"out\" : "
                + bytesOut + ", \"in\" : " + bytesIn + " },\n    \"packets\" : { \"out\" : " + packetsOut
                + ", \"in\" : "
                + packetsIn + " }\n  }\n}\n";
    }
}
